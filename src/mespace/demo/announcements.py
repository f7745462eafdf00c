"""The demo's own service: work kept and overrun, an outage, and ninety days as a prober saw them, with a gap."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import connection

from mespace.accounts.actor import Actor
from mespace.announcements.concerned import people_concerned
from mespace.announcements.models import MaintenanceWindow
from mespace.announcements.operations.announce_maintenance import announce_maintenance
from mespace.announcements.operations.end_outage import end_outage
from mespace.announcements.operations.prolong_maintenance import prolong_maintenance
from mespace.announcements.operations.report_outage import NewOutage, report_outage
from mespace.announcements.operations.restore_maintenance import restore_maintenance
from mespace.announcements.operations.save_component import add_component
from mespace.announcements.operations.save_probe import add_probe
from mespace.announcements.operations.settle_maintenance import settle_window
from mespace.announcements.operations.take_delivery import take_delivery
from mespace.announcements.operations.update_outage import update_outage
from mespace.announcements.plan import MaintenancePlan
from mespace.customers.entitlement import MOSCOW, moscow_date
from mespace.ledger.canonical import GENESIS, canonical
from mespace.notifications.operations.announce import announce
from mespace.platform.jobs import Job

DAYS = 90
EVERY = 900  # seconds; a real prober looks each minute, which would make the demo slow to load
BATCH = 500
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
COMPONENTS = (
    ("tracker", "Трекер обращений", "Request tracker", 10),
    ("knowledge", "База знаний", "Knowledge base", 20),
    ("files", "Вложения и выгрузки", "Attachments and exports", 30),
)


@dataclass(frozen=True)
class Down:
    """A component was away in `[start, end)`."""

    code: str
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Prober:
    """A prober that goes on looking: its name, and its public key in hexadecimal digits."""

    code: str
    public_key: str


def play_announcements(*, manager: Actor, now: datetime, prober: Prober | None = None) -> None:
    """Everything that happened to the service in ninety days, made by the real operations at past instants."""
    ids = {
        code: add_component(
            actor=manager, code=code, name=name, name_en=english, position=position, is_active=True, product_ids=[]
        ).pk
        for code, name, english, position in COMPONENTS
    }
    downs = [*_kept(manager, ids, now), *_outage(manager, ids, now), *_overrun(manager, ids, now)]
    _measure(manager, downs, now)
    if prober is not None:
        place = "Эта машина: смотрит, пока работает ./mespace up"
        add_probe(actor=manager, code=prober.code, place=place, public_key=prober.public_key)
    planned = _planned(manager, ids, now)
    _take_back_jobs()
    announce(
        kind="maintenance",
        subject_kind="maintenance",
        subject_id=planned.pk,
        recipients=people_concerned(list(planned.components.all()), at=now),
        occasion="announced:1",
        at=planned.announced_at,
        now=now,
    )


def _at(now: datetime, days: int, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(moscow_date(now) + timedelta(days=days), time(hour, minute), MOSCOW)


def _kept(manager: Actor, ids: dict[str, int], now: datetime) -> list[Down]:
    start = _at(now, -40, 22)
    plan = MaintenancePlan(
        "Обновление трекера",
        "Ставим новую сборку трекера. **Обращения в это время не открываются**; письма дождутся окончания работ.",
        [ids["tracker"], ids["files"]],
        start,
        start + 2 * HOUR,
    )
    window = announce_maintenance(actor=manager, now=start - 6 * DAY, plan=plan)
    end = start + HOUR + 35 * MINUTE
    restore_maintenance(actor=manager, now=end, window_id=window.pk, note="Сборка установлена, проверки пройдены.")
    return [Down(code, start, end) for code in ("tracker", "files")]


def _overrun(manager: Actor, ids: dict[str, int], now: datetime) -> list[Down]:
    start = _at(now, -12, 23)
    plan = MaintenancePlan(
        "Перенос базы данных на новый сервер",
        "Трекер и база знаний будут недоступны.\n\nКритические инциденты в это время принимаем по телефону; "
        "обращение зарегистрируем, как только доступ вернётся.",
        list(ids.values()),
        start,
        start + 3 * HOUR,
    )
    window = announce_maintenance(actor=manager, now=start - 4 * DAY, plan=plan)
    prolong_maintenance(
        actor=manager,
        now=start + 3 * HOUR + 5 * MINUTE,
        window_id=window.pk,
        restore_at=start + 5 * HOUR,
        reason="Копирование вложений идёт медленнее, чем на репетиции. Данные целы, переносим остаток.",
    )
    end = start + 4 * HOUR + 20 * MINUTE
    restore_maintenance(actor=manager, now=end, window_id=window.pk, note="Перенос закончен, всё сверено.")
    return [Down(code, start, end) for code in ids]


def _planned(manager: Actor, ids: dict[str, int], now: datetime) -> MaintenanceWindow:
    start = _at(now, 5, 22)
    plan = MaintenancePlan(
        "Замена диска в хранилище вложений",
        "Обращения открываются и регистрируются как обычно. Файлы в это время не скачиваются и не прикрепляются.",
        [ids["files"]],
        start,
        start + HOUR + 30 * MINUTE,
    )
    window = announce_maintenance(actor=manager, now=now - 2 * DAY, plan=plan)
    settle_window(window_id=window.pk, now=now)
    return window


def _outage(manager: Actor, ids: dict[str, int], now: datetime) -> list[Down]:
    began = _at(now, -25, 10, 12)
    outage = report_outage(
        actor=manager,
        now=began + 9 * MINUTE,
        new=NewOutage(
            "Трекер не открывается",
            "С 10:12 трекер не отвечает: авария питания в дата-центре. Критические инциденты принимаем по телефону.",
            [ids["tracker"], ids["files"]],
            began,
        ),
    )
    common: dict[str, Any] = {"actor": manager, "outage_id": outage.pk}
    update_outage(
        now=began + 35 * MINUTE,
        text="Питание восстановлено, серверы запускаются. Данные целы.",
        impact="down",
        **common,
    )
    update_outage(now=began + 62 * MINUTE, text="Трекер открывается, но медленно.", impact="degraded", **common)
    end_outage(now=began + 88 * MINUTE, text="Работаем в обычном режиме. Причины разберём и опубликуем.", **common)
    return [Down(code, began, began + 60 * MINUTE) for code in ("tracker", "files")]


def _measure(manager: Actor, downs: list[Down], now: datetime) -> None:
    """Rounds of ninety days by a key that is thrown away, so nobody goes on with this record; a night is missing."""
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    probe = add_probe(actor=manager, code="demo", place="Демонстрация: записи сделаны вместе с ней", public_key=public)
    gap = (_at(now, -18, 20), _at(now, -17, 7))
    head, rounds, seq = GENESIS, [], 0
    at = _at(now, 1 - DAYS, 0)
    while at <= now:
        if not gap[0] <= at < gap[1]:
            seq += 1
            seen = {code: _look(code, at, downs) for code, *_rest in COMPONENTS}
            text = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
            content = {"at": text, "every": EVERY, "probe": probe.code, "results": seen, "seq": seq}
            digest = hashlib.sha256(head.encode() + canonical(content)).hexdigest()
            del content["probe"]
            rounds.append({**content, "prev": head, "hash": digest, "sig": key.sign(digest.encode()).hex()})
            head = digest
        at += timedelta(seconds=EVERY)
    for first in range(0, len(rounds), BATCH):
        batch = rounds[first : first + BATCH]
        value = {"probe": probe.code, "now": batch[-1]["at"], "rounds": batch}
        body = json.dumps(value).encode()
        taken_at = datetime.fromisoformat(str(batch[-1]["at"]))
        take_delivery(value=value, body=body, signature=key.sign(body).hex(), now=taken_at)


def _look(code: str, at: datetime, downs: list[Down]) -> dict[str, Any]:
    is_down = any(down.code == code and down.start <= at < down.end for down in downs)
    milliseconds = 40 + at.minute + 2 * at.hour
    status, why = (503, "status") if is_down else (200, "")
    return {"ok": not is_down, "status": status, "ms": milliseconds, "why": why}


def _take_back_jobs() -> None:
    """The past is no news."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s AND args ->> 'subject_kind' = ANY(%s)",
            [Job.ANNOUNCE.value, ["maintenance", "outage"]],
        )
