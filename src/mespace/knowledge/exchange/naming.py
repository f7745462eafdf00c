"""From the names in a file to rows, and back: software by code, components by name, builds and versions by number."""

from dataclasses import dataclass
from datetime import UTC

from mespace.knowledge.exchange.front_matter import ArticleSheet
from mespace.knowledge.kinds import ArticleKind, Audience
from mespace.knowledge.models import Article, Revision, Section, Space
from mespace.knowledge.texts import ArticleText, Placement
from mespace.products.models import Build, Component, KnownError, Product, Version


class NotNamed(Exception):  # noqa: N818 - named as what it says
    """The file names something that is not there: `field` and `value`."""

    def __init__(self, field: str, value: str) -> None:
        self.field, self.value = field, value
        super().__init__(f"{field}: {value}")


@dataclass(frozen=True)
class Named:
    """What a file says, as an operation takes it."""

    kind: str
    text: ArticleText
    placement: Placement


def sheet_of(article: Article, text: Revision) -> ArticleSheet:
    """An article as a file says it; needs its products, components, versions, known error and build fetched."""
    lines = {
        "title": text.title,
        "summary": text.summary,
        "kind": article.kind,
        "section": article.section.name,
        "audience": article.audience,
        "known_error": article.known_error.code if article.known_error is not None else "",
        "build": f"{article.build.version.product.code} {article.build.full_number}" if article.build else "",
        "article": str(article.pk),
        "begun": begun(article),
        "revision": str(text.number),
    }
    lists = {
        "products": tuple(one.code for one in article.products.all()),
        "components": tuple(f"{one.product.code} {one.name}" for one in article.components.all()),
        "versions": tuple(f"{one.product.code} {one.number}" for one in article.versions.all()),
    }
    return ArticleSheet(lines, lists, dict(text.details), text.body)


def begun(article: Article) -> str:
    """The instant at which the article was begun: with its number it tells an article from those of other houses."""
    return article.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def named(sheet: ArticleSheet, space: Space) -> Named:
    """The rows that a file means. Raises NotNamed for the first that is not there."""
    kind = sheet.line("kind", ArticleKind.HOW_TO)
    if kind not in set(ArticleKind):
        raise NotNamed("kind", kind)
    audience = sheet.line("audience", Audience.CUSTOMERS)
    if audience not in set(Audience):
        raise NotNamed("audience", audience)
    section = Section.objects.filter(space=space, name=sheet.line("section").strip()).first()
    if section is None:
        raise NotNamed("section", sheet.line("section"))
    products = {row.code: row.pk for row in Product.objects.filter(code__in=sheet.named("products"))}
    for code in sheet.named("products"):
        if code not in products:
            raise NotNamed("products", code)
    placement = Placement(
        section_id=section.pk,
        audience=audience,
        product_ids=frozenset(products.values()),
        component_ids=frozenset(_components(sheet, list(products.values()))),
        version_ids=frozenset(map(_version, sheet.named("versions"))),
        known_error_id=_known_error(sheet.line("known_error")),
        build_id=_build(sheet.line("build")),
    )
    text = ArticleText(sheet.line("title"), sheet.body, sheet.line("summary"), sheet.details, sheet.line("note"))
    return Named(kind, text, placement)


def _components(sheet: ArticleSheet, products: list[int]) -> list[int]:
    """Each is named by its own name, or, to be exact, with the code of its software before it."""
    wanted = sheet.named("components")
    if not wanted:
        return []
    rows = Component.objects.filter(product__in=products).values_list("product__code", "name", "pk")
    found: dict[str, list[int]] = {}
    for code, name, pk in rows:
        found.setdefault(name, []).append(pk)
        found.setdefault(f"{code} {name}", []).append(pk)
    for name in wanted:
        if name not in found:
            raise NotNamed("components", name)
    return [pk for name in wanted for pk in found[name]]


def _version(said: str) -> int:
    code, _, number = said.rpartition(" ")
    row = Version.objects.filter(product__code=code, number=number).first() if number.isdecimal() else None
    if row is None:
        raise NotNamed("versions", said)
    return row.pk


def _known_error(code: str) -> int | None:
    if not code:
        return None
    row = KnownError.objects.filter(code=code).first()
    if row is None:
        raise NotNamed("known_error", code)
    return row.pk


def _build(said: str) -> int | None:
    if not said:
        return None
    code, _, number = said.rpartition(" ")
    groups = number.split(".")
    row = None
    if len(groups) == 3 and all(each.isdecimal() and len(each) < 7 for each in groups):  # noqa: PLR2004 - version, build
        row = Build.objects.filter(
            version__product__code=code, version__number=groups[0], major=groups[1], minor=groups[2]
        ).first()
    if row is None:
        raise NotNamed("build", said)
    return row.pk
