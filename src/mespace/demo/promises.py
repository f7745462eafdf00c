"""Fixes that were promised by a date: one kept by its release, one kept too late, one overdue and still owed."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mespace.customers.entitlement import MOSCOW, moscow_date
from mespace.customers.release_sites import note_release_sites
from mespace.demo.software import take_back
from mespace.demo.world import World
from mespace.obligations.operations.miss import due_obligations, miss
from mespace.platform.jobs import Job
from mespace.products.fix import Confirmation, Fix
from mespace.products.models import Build, KnownError
from mespace.products.operations.add_known_error import add_known_error
from mespace.products.operations.describe_release import describe_release
from mespace.products.operations.publish_release import publish_release


@dataclass(frozen=True)
class Promise:
    """A known error, confirmed so many days ago and promised for a build; published, if it was, so many days ago."""

    code: str
    product: str
    title: str
    description: str
    workaround: str
    confirmation: Confirmation
    affected: str
    build: str
    confirmed: int
    planned: int
    published: int | None = None


PROMISES = (
    Promise(
        code="KE-109",
        product="quality",
        title="Карточка контроля теряет единицу измерения при копировании",
        description="Скопированная карточка хранит значение без единицы, и отчёт складывает разные единицы.",
        workaround="Указать единицу измерения в новой карточке вручную.",
        confirmation=Confirmation(
            "«Карточки контроля», раздел 4: копия повторяет все поля образца.",
            "Скопировать карточку с единицей «мм», открыть копию: единицы нет.",
            "Повторяется на чистой установке и у пользователя с полными правами.",
        ),
        affected="2.14.0",
        build="2.14.3",
        confirmed=75,
        planned=38,
        published=40,
    ),
    Promise(
        code="KE-110",
        product="trace",
        title="Дерево партий не раскрывается глубже двенадцати уровней",
        description="Уровни глубже двенадцатого не запрашиваются, и в дереве не видно исходного сырья.",
        workaround="Открыть карточку партии двенадцатого уровня и построить дерево от неё.",
        confirmation=Confirmation(
            "«Прослеживаемость», раздел 2.1: дерево строится до исходного сырья.",
            "Построить дерево изделия с пятнадцатью переделами.",
            "Проверено на эталонной базе с настройками по умолчанию.",
        ),
        affected="3.10.1",
        build="3.10.4",
        confirmed=70,
        planned=36,
        published=33,
    ),
    Promise(
        code="KE-111",
        product="line",
        title="Сменное задание печатается без подписи мастера",
        description="Если мастер подписал задание на терминале, в печатной форме строка подписи пуста.",
        workaround="Подписать задание на рабочем месте мастера.",
        confirmation=Confirmation(
            "«Печатные формы», форма 7: подпись выводится независимо от места подписания.",
            "Подписать задание на терминале и напечатать его.",
            "Шаблон формы поставочный, права мастера полные.",
        ),
        affected="5.8.2",
        build="5.9.0",
        confirmed=34,
        planned=5,
    ),
)


def play_promises(world: World, *, now: datetime) -> list[KnownError]:
    """The known errors, made by the real operations at past instants; what came due is noted as missed."""
    today = moscow_date(now)
    made = [_play(world, promise, today) for promise in PROMISES]
    take_back(Job.RELEASE_PUBLISHED)
    for obligation_id in due_obligations(now=now):
        miss(obligation_id=obligation_id, now=now)
    return made


def _play(world: World, promise: Promise, today: date) -> KnownError:
    manager, product = world.staff["sokolova"].actor, world.products[promise.product]
    affected, build = (_build(product.pk, number) for number in (promise.affected, promise.build))
    error = add_known_error(
        actor=manager,
        now=_morning(today, promise.confirmed),
        product_id=product.pk,
        code=promise.code,
        title=promise.title,
        description=promise.description,
        workaround=promise.workaround,
        confirmation=promise.confirmation,
        affected_ids=[affected.pk],
        fix=Fix(planned_for_id=build.pk, planned_on=today - timedelta(days=promise.planned)),
    )
    world.known_errors[promise.code] = error
    if promise.published is not None:
        notes = f"- {promise.title}: исправлено ({promise.code})."
        describe_release(actor=manager, build_id=build.pk, notes=notes, resolves_ids=[error.pk])
        note_release_sites(publish_release(actor=manager, now=_morning(today, promise.published), build_id=build.pk))
    return error


def _build(product_id: int, number: str) -> Build:
    version, major, minor = map(int, number.split("."))
    rows = Build.objects.select_related("version").filter(version__product=product_id, version__number=version)
    return rows.get(major=major, minor=minor)


def _morning(today: date, ago: int) -> datetime:
    return datetime.combine(today - timedelta(days=ago), time(11, 40), MOSCOW)
