"""What the operations on articles share: finding and locking one, checking its move, storing a text, noting a step."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.accounts.actor import Actor, Refused
from mespace.accounts.permissions import Permission
from mespace.knowledge.errors import ArticleNotFound
from mespace.knowledge.kinds import ArticleKind, Audience
from mespace.knowledge.lifecycle import BY_VERB, MoveRefused, State, Verb, fits, may, moves_from
from mespace.knowledge.models import Article, ArticleFile, ArticleStep, Revision, Section
from mespace.knowledge.models.revision import RevisionFile
from mespace.knowledge.search import index_article
from mespace.knowledge.texts import ArticleText, Placement
from mespace.products.models import Build, Component, KnownError, Product, Version

LONGEST_REASON = 500
WRITTEN = "write"  # the first step of an article: no move


def locked_article(*, actor: Actor, article_id: int) -> Article:
    """The article, locked until the transaction ends. Raises ArticleNotFound unless the actor sees it."""
    rows = Article.objects.visible_to(actor).filter(pk=article_id)
    found = Article.objects.select_for_update(of=("self",)).filter(pk__in=rows).select_related("head", "shown").first()
    if found is None:
        raise ArticleNotFound
    return found


def check_move(article: Article, verb: Verb, *, actor: Actor, reason: str = "") -> str:
    """The reason, trimmed. Raises Refused, MoveRefused, or ValidationError where a reason is asked for."""
    move = BY_VERB[verb]
    actor.require(move.right)
    if not may(move, actor=actor, author_id=article.created_by_id):
        raise Refused(Permission.ARTICLES_PUBLISH)
    if not fits(move, article.standing):
        author = article.created_by_id
        allowed = [one for one in moves_from(article.standing) if may(one, actor=actor, author_id=author)]
        raise MoveRefused(verb, State(article.state), allowed)
    reason = " ".join(reason.replace("\x00", "").split())
    if move.wants_reason and not reason:
        raise ValidationError({"reason": [_("Say why, in a sentence.")]})
    if len(reason) > LONGEST_REASON:
        raise ValidationError(
            {"reason": [pgettext("knowledge", "At most %(most)d characters.") % {"most": LONGEST_REASON}]}
        )
    return reason


def note_step(article: Article, verb: str, *, before: str, actor: Actor, now: datetime, reason: str = "") -> None:
    """Add to the article's history what was done to its newest text."""
    ArticleStep.objects.create(
        article=article,
        revision_id=article.head_id or 0,
        verb=verb,
        before=before,
        after=article.state,
        reason=reason,
        by_id=actor.person_id,
        at=now,
    )


def add_revision(article: Article, text: ArticleText, *, actor: Actor, now: datetime) -> Revision:
    """Store a checked text as the article's next revision, with the files that it names; it becomes the head."""
    last = article.revisions.aggregate(last=Max("number"))["last"] or 0
    revision = Revision.objects.create(
        article=article,
        number=last + 1,
        title=text.title,
        summary=text.summary,
        body=text.body,
        details=dict(text.details),
        note=text.note,
        by_id=actor.person_id,
        at=now,
    )
    files = _files_named(article, text, actor=actor)
    RevisionFile.objects.bulk_create(RevisionFile(revision=revision, file_id=pk) for pk in files)
    article.head = revision
    return revision


def _files_named(article: Article, text: ArticleText, *, actor: Actor) -> list[int]:
    """The files that the text names and may: the writer's own new ones, and those that the article had before.

    Raises ValidationError under `body`: another article's file would be shown to readers who must not see it.
    """
    wanted = text.file_ids
    if not wanted:
        return []
    own = ArticleFile.objects.filter(pk__in=wanted, uploaded_by_id=actor.person_id).values_list("pk", flat=True)
    had = RevisionFile.objects.filter(file__in=wanted, revision__article=article).values_list("file_id", flat=True)
    missing = sorted(wanted - set(own) - set(had))
    if missing:
        raise ValidationError(
            {"body": [_("The text names a file that is not there: attachment:%(id)d.") % {"id": missing[0]}]}
        )
    return sorted(wanted)


def place(article: Article, placement: Placement) -> None:
    """Put the article where it shall stand, unsaved; `set_subjects` follows once it has a row.

    Raises ValidationError by field.
    """
    errors: dict[str, list[str]] = {}
    if not Section.objects.filter(pk=placement.section_id).exists():
        errors["section"] = [_("Choose a section.")]
    if placement.audience not in set(Audience):
        errors["audience"] = [_("Choose who reads it.")]
    if placement.audience == Audience.PRODUCT_USERS and not placement.product_ids:
        errors["products"] = [_("Name the software whose users may read it.")]
    products, inside = placement.product_ids, {"product__in": placement.product_ids}
    if Product.objects.filter(pk__in=products).count() != len(products):
        errors["products"] = [_("Choose software.")]
    if Component.objects.filter(**inside, pk__in=placement.component_ids).count() != len(placement.component_ids):
        errors["components"] = [_("Choose components of the software named above.")]
    if Version.objects.filter(**inside, pk__in=placement.version_ids).count() != len(placement.version_ids):
        errors["versions"] = [_("Choose versions of the software named above.")]
    errors |= _bindings(article, placement)
    if errors:
        raise ValidationError(errors)
    article.section_id, article.audience = placement.section_id, placement.audience


def _bindings(article: Article, placement: Placement) -> dict[str, list[str]]:
    """Tie the article to its known error or build; what is wrong with that, by field."""
    errors: dict[str, list[str]] = {}
    taken = Article.objects.exclude(pk=article.pk)
    article.known_error_id = article.build_id = None
    if article.kind == ArticleKind.KNOWN_ERROR:
        article.known_error_id = placement.known_error_id
        if not KnownError.objects.filter(pk=placement.known_error_id or 0).exists():
            errors["known_error"] = [_("Choose the known error.")]
        elif taken.filter(known_error_id=placement.known_error_id or 0).exists():
            errors["known_error"] = [_("This known error has an article already.")]
    if article.kind == ArticleKind.RELEASE_NOTES:
        article.build_id = placement.build_id
        if not Build.objects.filter(pk=placement.build_id or 0).exists():
            errors["build"] = [_("Choose the build.")]
        elif taken.filter(build_id=placement.build_id or 0).exists():
            errors["build"] = [_("This build has release notes already.")]
    return errors


def begin(*, actor: Actor, now: datetime, kind: str, text: ArticleText, placement: Placement) -> Article:
    """A new article, a draft with the checked text as its first revision. Raises ValidationError by field."""
    article = Article(kind=ArticleKind(kind), state=State.DRAFT, created_at=now, created_by_id=actor.person_id)
    place(article, placement)
    article.save()
    set_subjects(article, placement)
    add_revision(article, text, actor=actor, now=now)
    article.save(update_fields=["head"])
    index_article(article)
    note_step(article, WRITTEN, before="", actor=actor, now=now)
    return article


def renew(article: Article, text: ArticleText, *, actor: Actor, now: datetime) -> None:
    """Give the locked article a checked next text: it is a draft again; readers keep what they have."""
    before = article.state
    add_revision(article, text, actor=actor, now=now)
    article.state = BY_VERB[Verb.REVISE].target
    article.save(update_fields=["head", "state"])
    index_article(article)
    note_step(article, Verb.REVISE, before=before, actor=actor, now=now, reason=text.note)


def put(article: Article, placement: Placement) -> None:
    """Put the locked article where it shall stand. Raises ValidationError by field."""
    place(article, placement)
    article.save(update_fields=["section", "audience", "known_error", "build"])
    set_subjects(article, placement)
    index_article(article)


def placement_of(article: Article) -> Placement:
    """Where the article stands; three statements."""
    products, components, versions = (
        frozenset(ties.values_list("pk", flat=True))
        for ties in (article.products, article.components, article.versions)
    )
    return Placement(
        section_id=article.section_id,
        audience=article.audience,
        product_ids=products,
        component_ids=components,
        version_ids=versions,
        known_error_id=article.known_error_id,
        build_id=article.build_id,
    )


def set_subjects(article: Article, placement: Placement) -> None:
    """Tie the article to software, components and versions."""
    article.products.set(placement.product_ids)
    article.components.set(placement.component_ids)
    article.versions.set(placement.version_ids)


def require_placing(article: Article, actor: Actor) -> None:
    """Raise Refused unless the actor may say who reads the article: of a published one, only who publishes."""
    actor.require(Permission.ARTICLES_PUBLISH if article.shown_id is not None else Permission.ARTICLES_WRITE)
