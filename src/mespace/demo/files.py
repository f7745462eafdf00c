"""Files that the demo's people attach: a terminal's screen, a service's log, an exported table."""

import io
from datetime import datetime, timedelta
from random import Random

from PIL import Image, ImageDraw

from mespace.demo.pixel_font import HEIGHT, WIDTH, pixels

SIZE = (800, 480)
GROUND, PANEL, LINE, TEXT, DIM, RED, GREEN, BLUE = range(8)
PALETTE = (14, 22, 30, 24, 36, 48, 52, 72, 92, 226, 236, 244, 134, 156, 176, 214, 64, 58, 62, 158, 96, 44, 108, 176)


def terminal_picture(*, line: str, order: str, clock: str, message: str) -> bytes:
    """A PNG that looks like the screen of a terminal on the shop floor."""
    image = Image.new("P", SIZE, GROUND)
    image.putpalette(PALETTE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 799, 49), fill=BLUE)
    _write(draw, (16, 16), "MESPACE ЛИНИЯ", TEXT)
    _write(draw, (560, 16), clock, TEXT)
    _write(draw, (16, 72), line[:40], TEXT, scale=4)
    for left, name, value in ((16, "ЗАДАНИЕ", order), (280, "ПЛАН", "1 200 ШТ"), (544, "ВЫПУСК", "748 ШТ")):
        draw.rectangle((left, 124, left + 240, 204), fill=PANEL, outline=LINE)
        _write(draw, (left + 14, 138), name, DIM)
        _write(draw, (left + 14, 166), value, TEXT, scale=4)
    draw.rectangle((16, 224, 784, 356), fill=PANEL, outline=RED, width=3)
    _write(draw, (34, 242), "ОШИБКА 0X2107", RED, scale=3)
    for number, part in enumerate(_wrapped(message, 58)[:3]):
        _write(draw, (34, 282 + number * 24), part, TEXT)
    for left, name, colour in ((16, "ПОВТОРИТЬ", GREEN), (280, "ЖУРНАЛ", LINE), (544, "МАСТЕР", LINE)):
        draw.rectangle((left, 384, left + 240, 456), fill=colour)
        _write(draw, (left + 20, 410), name, TEXT, scale=3)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def _write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, colour: int, *, scale: int = 2) -> None:
    left, top = at
    for letter in text.upper():
        for x, y in pixels(letter):
            corner = (left + x * scale, top + y * scale)
            draw.rectangle((*corner, corner[0] + scale - 1, corner[1] + scale - 1), fill=colour)
        left += (WIDTH + 1) * scale


def _wrapped(text: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return [*lines, line]


def service_log(rng: Random, at: datetime, order: str) -> bytes:
    """A service's log in which something goes wrong near the end."""
    lines, moment = [], at - timedelta(minutes=48)
    for number in range(60):
        moment += timedelta(seconds=rng.randint(11, 70))
        if number < 48:  # noqa: PLR2004 - the quiet part
            text = rng.choice(
                [
                    f"INFO  terminal.sync      order={order} rows={rng.randint(1, 40)} ok",
                    f"INFO  exchange.in        message={rng.randint(70_000, 79_999)} accepted",
                    f"INFO  print.queue        depth={rng.randint(0, 3)}",
                    "DEBUG health             db=ok disk=ok",
                ]
            )
        else:
            text = rng.choice(
                [
                    f"WARN  terminal.cache     order={order} read failed code=0x2107, retry {number - 47}",
                    "ERROR exchange.in        no answer within 30000 ms",
                    f"WARN  print.queue        depth={number - 40} head is waiting for the printer",
                ]
            )
        lines.append(f"{moment:%Y-%m-%d %H:%M:%S} {text}")
    return "\n".join(lines).encode()


def csv_export(rng: Random, at: datetime, line: str) -> bytes:
    """A table of stops as the product exports it: semicolons, Russian headings, a byte order mark for Excel."""
    rows = ["Начало;Окончание;Рабочий центр;Причина;Минут"]
    moment = at - timedelta(hours=30)
    for _ in range(40):
        minutes = rng.randint(2, 38)
        moment += timedelta(minutes=rng.randint(10, 70))
        reason = rng.choice(["Переналадка", "Ожидание сырья", "Замена рулона", "Мойка", "Сбой датчика", "Нет задания"])
        end = moment + timedelta(minutes=minutes)
        rows.append(f"{moment:%d.%m.%Y %H:%M};{end:%d.%m.%Y %H:%M};{line};{reason};{minutes}")
    return ("\ufeff" + "\r\n".join(rows)).encode()


__all__ = ["HEIGHT", "csv_export", "service_log", "terminal_picture"]
