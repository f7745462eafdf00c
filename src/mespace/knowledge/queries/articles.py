"""What the pages of the knowledge base show: shelves, one article, its revisions. A few statements each."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, When

from mespace.accounts.actor import Actor
from mespace.knowledge.errors import ArticleNotFound
from mespace.knowledge.lifecycle import Move, State, may, moves_from
from mespace.knowledge.models import Article, ArticleFile, ArticleStep, Revision, Section, Space
from mespace.knowledge.models.revision import RevisionFile
from mespace.knowledge.visibility import reads_drafts
from mespace.products.models import Build, KnownError, Version

NEWEST = 8
MOST_RELATED = 5
MOST_WAITING = 200


@dataclass(frozen=True)
class Row:
    """An article in a list, by the text that the reader has."""

    article: Article
    text: Revision


@dataclass
class Shelf:
    """A section with what the reader finds there."""

    section: Section
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Home:
    """The first page: spaces with the number of articles, and the newest ones."""

    spaces: list[Space]  # each with `found`
    newest: list[Row]
    waiting: int  # texts in review, for those who read drafts


@dataclass(frozen=True)
class ArticleView:
    """One article as a reader sees it."""

    article: Article
    text: Revision
    related: list[Row]
    moves: list[Move]  # what the reader may do now
    steps: Sequence[ArticleStep]  # for those who read drafts


def row_of(article: Article, actor: Actor) -> Row:
    """The article with the text that the reader has: readers the published one, those who read drafts the newest."""
    text = article.head if reads_drafts(actor) else article.shown
    assert text is not None  # noqa: S101 - the gate lets no unpublished article through
    return Row(article, text)


def home(*, actor: Actor) -> Home:
    """What the knowledge base holds for this reader; four statements at most."""
    seen = Article.objects.visible_to(actor).kept()
    counts = dict(
        seen.filter(outdated_at__isnull=True)
        .order_by()
        .values_list("section__space")
        .annotate(found=Count("pk"))
        .values_list("section__space", "found")
    )
    spaces = [space for space in Space.objects.all() if counts.get(space.pk) or reads_drafts(actor)]
    for space in spaces:
        space.found = counts.get(space.pk, 0)  # type: ignore[attr-defined] # shown beside the name
    newest = _with_texts(seen.current()).order_by("-published_at", "-id")[:NEWEST]
    waiting = Article.objects.filter(state=State.REVIEW).count() if reads_drafts(actor) else 0
    return Home(spaces, [Row(one, one.shown or one.head) for one in newest], waiting)  # type: ignore[arg-type]


def space_shelves(*, actor: Actor, code: str) -> tuple[Space, list[Shelf]]:
    """A space with its sections and their articles by title; three statements. Raises ArticleNotFound."""
    space = Space.objects.filter(code=code).first()
    if space is None:
        raise ArticleNotFound
    shelves = {section.pk: Shelf(section) for section in space.sections.all()}
    for article in _with_texts(Article.objects.visible_to(actor).kept().filter(section__space=space)):
        shelves[article.section_id].rows.append(row_of(article, actor))
    kept = [shelf for shelf in shelves.values() if shelf.rows or reads_drafts(actor)]
    if not kept and not reads_drafts(actor):
        raise ArticleNotFound
    for shelf in kept:
        shelf.rows.sort(key=lambda row: (row.article.is_outdated, row.text.title.casefold()))
    return space, kept


def find_article(*, actor: Actor, article_id: int) -> Article:
    """The article with all that its page needs. Raises ArticleNotFound."""
    builds = Build.objects.select_related("version")
    joins = ("fixed_in__version", "planned_for__version", "fixed_in_version", "planned_for_version")
    errors = KnownError.objects.select_related(*joins).prefetch_related(
        Prefetch("affected_builds", builds), "affected_versions"
    )
    rows = _with_texts(Article.objects.visible_to(actor)).select_related("build__version__product")
    rows = rows.prefetch_related(
        "products",
        "components",
        Prefetch("versions", Version.objects.select_related("product")),
        Prefetch("known_error", errors),
    )
    found = rows.filter(pk=article_id).first()
    if found is None:
        raise ArticleNotFound
    return found


def article_view(*, actor: Actor, article_id: int) -> ArticleView:
    """The article's page: what readers have, and for those who read drafts what is in the making beside it.

    Raises ArticleNotFound.
    """
    article = find_article(actor=actor, article_id=article_id)
    text = article.shown or row_of(article, actor).text
    steps: Sequence[ArticleStep] = ()
    if reads_drafts(actor):
        steps = list(article.steps.select_related("by", "revision").order_by("-id")[:20])
    return ArticleView(article, text, related(article, actor=actor), moves_for(article, actor), steps)


def moves_for(article: Article, actor: Actor) -> list[Move]:
    """What the actor may do with the article now."""
    author = article.created_by_id
    return [move for move in moves_from(article.standing) if may(move, actor=actor, author_id=author)]


def related(article: Article, *, actor: Actor) -> list[Row]:
    """Other articles that hold, nearest first: of the same components, then section, then software; one statement."""
    products = [one.pk for one in article.products.all()]
    components = [one.pk for one in article.components.all()]
    by_component = Exists(Article.components.through.objects.filter(article=OuterRef("pk"), component__in=components))
    by_product = Exists(Article.products.through.objects.filter(article=OuterRef("pk"), product__in=products))
    in_section = Q(section=article.section_id)
    rows = Article.objects.visible_to(actor).current().exclude(pk=article.pk)
    rows = rows.filter(Q(by_component) | Q(by_product) | in_section)
    nearness = Case(When(by_component, then=0), When(in_section, then=1), default=2, output_field=IntegerField())
    near = _with_texts(rows).order_by(nearness, "-published_at", "-id")[:MOST_RELATED]
    return [Row(one, one.shown) for one in near if one.shown is not None]


def waiting(*, actor: Actor) -> list[Row]:
    """The drafts and texts in review, those in review first; nothing for readers. One statement."""
    if not reads_drafts(actor):
        return []
    rows = Article.objects.filter(state__in=[State.DRAFT, State.REVIEW])
    rows = rows.select_related("section__space", "head__by", "shown").order_by("-state", "-head__at")[:MOST_WAITING]
    return [row_of(one, actor) for one in rows]


def find_revision(*, actor: Actor, article_id: int, number: int) -> Revision:
    """A revision under its permanent address. Raises ArticleNotFound."""
    found = _revisions(actor, article_id).filter(number=number).first()
    if found is None:
        raise ArticleNotFound
    return found


def find_revisions(*, actor: Actor, article_id: int) -> tuple[Article, list[Revision]]:
    """The article with its revisions that the actor may read, newest first. Raises ArticleNotFound."""
    article = find_article(actor=actor, article_id=article_id)
    return article, list(_revisions(actor, article_id).order_by("-number"))


def _revisions(actor: Actor, article_id: int) -> QuerySet[Revision]:
    rows = Revision.objects.visible_to(actor).filter(article=article_id)
    return rows.select_related("by", "article").annotate(times_given=Count("publications"))


def file_for(*, actor: Actor, file_id: int) -> ArticleFile:
    """A file that a revision names which the actor may read, or the actor's own. Raises ArticleNotFound."""
    named = RevisionFile.objects.filter(file=OuterRef("pk"), revision__in=Revision.objects.visible_to(actor))
    found = ArticleFile.objects.filter(pk=file_id).filter(Exists(named) | Q(uploaded_by_id=actor.user_id or 0)).first()
    if found is None:
        raise ArticleNotFound
    return found


def files_of(revision: Revision) -> list[ArticleFile]:
    """The files that a revision names and that are no pictures: its attachments."""
    return list(revision.files.filter(is_image=False))


def _with_texts(rows: QuerySet[Article]) -> QuerySet[Article]:
    return rows.select_related("section__space", "shown", "head")
