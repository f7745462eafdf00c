"""What became of the demo's articles: opened, said to help or not, made from requests, and given as answers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.db.models import Q, QuerySet

from mespace.customers.entitlement import moscow_date
from mespace.demo.world import World
from mespace.knowledge.models import Article, ArticleViews, NotHelped, Source
from mespace.knowledge.operations.give_feedback import give_feedback
from mespace.tickets.errors import Invalid
from mespace.tickets.lifecycle import Status
from mespace.tickets.models import Ticket
from mespace.tickets.operations.link_article import link_article, note_article_made

DAYS = 90
LATELY = timedelta(hours=3)


@dataclass(frozen=True)
class Said:
    """One answer to “Did this solve it?”: whose, how many days ago; without a reason it helped."""

    article: str
    person: int  # of all the factories' people, in their order
    days: int
    reason: str = ""
    note: str = ""
    source: str = Source.READING


SAID = (
    Said("terminals/beliy-ekran", 0, 21),
    Said("terminals/beliy-ekran", 3, 12, source=Source.FILING),
    Said("terminals/beliy-ekran", 5, 6, NotHelped.OTHER_CASE, "У нас экран белый и без отключения питания."),
    Said("printing/kirillitsa", 1, 33),
    Said("printing/kirillitsa", 4, 17, source=Source.FILING),
    Said("printing/kirillitsa", 6, 4, NotHelped.DID_NOT_WORK, "Шрифт поставили, «№» всё равно пропадает. Принтер TSC."),
    Said("printing/ochered-pechati", 2, 9, source=Source.FILING),
    Said("printing/ochered-pechati", 7, 8),
    Said("printing/skaner-dvazhdy", 0, 14, NotHelped.UNCLEAR, "Не нашли, где в настройках «пауза между кодами»."),
    Said("administration/litsenzii", 3, 27),
    Said("administration/litsenzii", 8, 11, source=Source.FILING),
    Said("reports/vygruzka-excel", 5, 19),
    Said("reports/vygruzka-excel", 1, 3, NotHelped.WRONG, "В 5.8 этого пункта меню уже нет, он в «Печать и выгрузка»."),
    Said("integration/obmen-1c", 4, 16),
    Said("integration/obmen-1c", 2, 2, NotHelped.DID_NOT_WORK),
    Said("terminals/medlenno", 6, 5, source=Source.FILING),
    Said("support/kak-podat", 0, 30),
)
# Which typical solutions were written after which requests, by what stands in their subjects.
MADE_FROM: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("printing/kirillitsa", ("русских букв", "буква «Ё»")),
    ("printing/skaner-dvazhdy", ("записывает один код дважды", "Двойное считывание")),
    ("administration/litsenzii", ("лицензии терминалов", "Нет свободных лицензий")),
    ("reports/vygruzka-excel", ("в Excel", "Выгрузка протокола")),
    ("integration/obmen-1c", ("Обмен с 1С", "не приходят из 1С")),
    ("terminals/vremya", ("время отстаёт", "неверное время")),
    ("trace/agregatsiya", ("Агрегация:", "Расхождение вложений")),
)
ANSWERED_WITH: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("terminals/medlenno", ("10–15 секунд", "Медленно открывается", "отклика терминала")),
    ("terminals/beliy-ekran", ("белый экран", "Белый экран")),
    ("printing/ochered-pechati", ("Не печатаются этикетки", "Этикетки встали")),
    ("administration/obnovlenie-sborki", ("Как обновиться", "Порядок обновления")),
)


def play_readers(world: World, articles: Mapping[str, Article], *, now: datetime) -> None:
    """Openings, answers and ties, by the real operations at past instants."""
    _open(articles, now=now)
    _say(world, articles, now=now)
    agent = world.agents[0].actor
    for name, subjects in MADE_FROM:
        ticket = _tickets(subjects).filter(status=Status.CLOSED).order_by("-closed_at").first()
        if ticket is not None:
            note_article_made(ticket_id=ticket.pk, actor=agent, now=now - LATELY, article_id=articles[name].pk)
    for name, wanted in ANSWERED_WITH:
        working = _tickets(wanted).filter(status__in=[Status.ANALYSIS, Status.IN_PROGRESS]).order_by("pk")
        for ticket in working[:2]:
            at = max(now - LATELY, ticket.active_at)
            try:
                link_article(ticket_id=ticket.pk, actor=agent, now=at, article_id=articles[name].pk)
            except Invalid:  # its requester's company has no contract for that software
                continue


def _tickets(subjects: Sequence[str]) -> QuerySet[Ticket]:
    wanted = Q()
    for words in subjects:
        wanted |= Q(subject__contains=words)
    return Ticket.objects.filter(wanted)


def _open(articles: Mapping[str, Article], *, now: datetime) -> None:
    """A few openings on most days since an article was published; some articles are wanted more than others."""
    rng, today = Random(17), moscow_date(now)  # noqa: S311 - the same demo every time
    rows = []
    for article in articles.values():
        if article.published_at is None:
            continue
        wanted = rng.choice((1, 2, 3, 6))
        since = min(DAYS, (today - moscow_date(article.published_at)).days)
        days = [today - timedelta(days=ago) for ago in range(since) if rng.random() < 0.6]  # noqa: PLR2004 - most days
        rows += [ArticleViews(article=article, day=day, count=rng.randint(1, wanted + 1)) for day in days]
    ArticleViews.objects.bulk_create(rows, batch_size=1000)


def _say(world: World, articles: Mapping[str, Article], *, now: datetime) -> None:
    people = [person.actor for factory in world.factories.values() for person in factory.people]
    for said in SAID:
        article = articles[said.article]
        readers = [person for person in people if Article.objects.visible_to(person).filter(pk=article.pk).exists()]
        if not readers:
            continue
        give_feedback(
            actor=readers[said.person % len(readers)],
            now=now - timedelta(days=said.days),
            article_id=article.pk,
            helped=not said.reason,
            reason=said.reason,
            note=said.note,
            source=said.source,
        )
