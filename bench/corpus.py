"""Texts for the benchmark: paragraphs of the demo's stories, rendered and indexed once each."""

import re
from dataclasses import dataclass
from random import Random
from typing import Any

from mespace.demo.texts import stories
from mespace.platform.markdown import render

RARE = "гомогенизатор"  # in one ticket of a hundred
EVERY = 100
RARE_TEXT = f"Похожее было, когда меняли {RARE}: тогда помогла перенастройка."


@dataclass(frozen=True)
class Text:
    """Some paragraphs of the pool, or a subject."""

    body: str
    html: str
    parts: tuple[int, ...]
    codes: tuple[str, ...] = ()


class Corpus:
    """A pool of paragraphs; a text is one to three of them."""

    def __init__(self) -> None:
        rng = Random(7)  # noqa: S311 - a benchmark
        slots = {
            "line": "Линия 3", "area": "Цех печати", "order": "104587", "batch": "А-1803-2", "printer": "Zebra ZT411",
            "scanner": "Zebra DS3678", "scale": "CAS CI-200A", "n": "25", "time": "09:40", "shift": "первой",
            "name": "Елена", "build": "5.8.2", "next_build": "5.9.0", "other": "", "reply": "",
        }  # fmt: skip
        texts, self.subjects = [], []
        for story in stories():
            self.subjects += [subject.format_map(slots) for subject in story.subjects]
            for template in (story.description, story.question, story.reply, story.solution, story.thanks):
                texts += [part for part in re.split(r"\n\n+", template.format_map(slots)) if part]
        rng.shuffle(texts)
        self.subjects = sorted(set(self.subjects))
        plain = sorted({text for text in texts if not re.match(r"[-\d]", text)})  # lists join with their neighbours
        self.pool = [*plain, RARE_TEXT]
        self.rendered = [render(text).strip() for text in self.pool]
        self.rare = len(self.pool) - 1

    def subject(self, rng: Random) -> Text:
        """A subject; its only part is its number."""
        number = rng.randrange(len(self.subjects))
        return Text(self.subjects[number], "", (number,))

    def text(self, rng: Random, index: int | None) -> Text:
        """A text; a description (of ticket `index`) names an order of its own, and one in a hundred the rare word."""
        parts = [rng.randrange(self.rare) for _ in range(rng.choice((1, 1, 2, 3)))]
        if index is None:
            return self._joined(parts, "", ())
        if index % EVERY == EVERY // 2:
            parts.append(self.rare)
        order = str(200_000 + index * 7)
        return self._joined(parts, f"Задание {order}.", (order,))

    def _joined(self, parts: list[int], tail: str, codes: tuple[str, ...]) -> Text:
        bodies = [self.pool[part] for part in parts]
        htmls = [self.rendered[part] for part in parts]
        if tail:
            bodies.append(tail)
            htmls.append(f"<p>{tail}</p>")
        return Text("\n\n".join(bodies), "\n".join(htmls) + "\n", tuple(parts), codes)


def parts_of(text: str, *, head: bool) -> tuple[Any, ...]:
    """The columns from which PostgreSQL computes a text's vector: as heading or as body."""
    from mespace.platform.search import parts

    return tuple(parts(a=text) if head else parts(b=text))
