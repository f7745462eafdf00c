"""Running the import of a space: a preview is the same run, taken back."""

from dataclasses import replace
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mespace.accounts.actor import Actor
from mespace.accounts.permissions import Permission
from mespace.knowledge.exchange.contents import Complaint
from mespace.knowledge.exchange.front_matter import FENCE, ArticleSheet, BadFrontMatter, read_sheet
from mespace.knowledge.exchange.matching import article_meant, with_files
from mespace.knowledge.exchange.naming import Named, NotNamed, named
from mespace.knowledge.exchange.plan import Line, Outcome, Plan
from mespace.knowledge.kinds import details_of
from mespace.knowledge.models import Article, Section, Space, SpaceImport
from mespace.knowledge.operations._writing import begin, placement_of, put, renew
from mespace.knowledge.texts import ArticleText, checked, text_of
from mespace.platform.rows import found, locked, save_checked

STEP = 10  # between the places of two sections
_NAMED = "names "  # before the name of a file, where a refusal has the name of a field


def preview(*, actor: Actor, import_id: int, now: datetime) -> tuple[SpaceImport, Plan]:
    """The actor's import with its space, and what it would do. Writes nothing. Raises Refused or RowNotFound."""
    actor.require(Permission.ARTICLES_PUBLISH)
    mine = SpaceImport.objects.filter(uploaded_by_id=actor.person_id)
    row: SpaceImport = found(mine.select_related("space"), import_id)
    if row.applied_at is not None:
        return row, Plan()
    with transaction.atomic():
        plan = run(row, actor=actor, now=now)
        transaction.set_rollback(True)
    return row, plan


def run(row: SpaceImport, *, actor: Actor, now: datetime) -> Plan:
    """Write all articles inside the caller's transaction, which a plan with complaints must take back."""
    return _Run(row, locked(Space, row.space_id), actor, now).whole()


class _Unread(Exception):  # noqa: N818 - named as what it says
    """What the text needs could not be read, which is told already."""


class _Run:
    def __init__(self, row: SpaceImport, space: Space, actor: Actor, now: datetime) -> None:
        self.row, self.space, self.actor, self.now = row, space, actor, now
        self.plan = Plan([Complaint(*each) for each in row.complaints])
        self.taken: dict[int, str] = {}  # which file meant which article
        self.new: set[int] = set()

    def whole(self) -> Plan:
        for path, text in self.row.texts:
            self._one(path, text)
        return self.plan

    def _one(self, path: str, text: str) -> None:
        sheet = ArticleSheet()
        sections = len(self.plan.sections)
        try:
            with transaction.atomic():
                sheet = read_sheet(text)
                self.plan.lines.append(self._taken(path, sheet))
        except _Unread:
            pass
        except BadFrontMatter as problem:
            self._complain(path, problem.line, _head_words(problem))
        except NotNamed as problem:
            said = _("“%(field)s”: there is no “%(value)s” here.") % {"field": problem.field, "value": problem.value}
            self._complain(path, sheet.places.get(problem.field, 1), said)
        except ValidationError as refusal:
            for name, words in (
                refusal.message_dict.items() if hasattr(refusal, "error_dict") else [("", refusal.messages)]
            ):
                for said in words:
                    self._complain(path, _line_of(name, sheet, text), said)
        else:
            return
        del self.plan.sections[sections:]

    def _complain(self, path: str, line: int, text: str) -> None:
        self.plan.complaints.append(Complaint(path, line, text))

    def _taken(self, path: str, sheet: ArticleSheet) -> Line:
        self._section(sheet.line("section").strip())
        said = named(sheet, self.space)
        _require_details(sheet, said.kind)
        article = article_meant(sheet, said, self.space, new=self.new)
        here, missing = with_files(said.text, path, article, self.row.files)
        if missing and self.row.complaints:
            raise _Unread  # the file may be one of those that were refused
        _require_files(missing)
        text = checked(here, said.kind)
        if not text.note:
            text = replace(text, note=_("From the file %(name)s") % {"name": self.row.file_name[:200]})
        if article is None:
            made = begin(actor=self.actor, now=self.now, kind=said.kind, text=text, placement=said.placement)
            self.new.add(made.pk)
            return Line(path, Outcome.ADDED, made, text, section=sheet.line("section").strip())
        if article.pk in self.taken:
            said_twice = _(
                "“%(other)s” means the same article. Send one of the two, or take the lines “article” and “begun” out "
                "of the head and give it another title: then it is a new one."
            )
            raise ValidationError({"title": [said_twice % {"other": self.taken[article.pk]}]})
        self.taken[article.pk] = path
        if article.kind != said.kind:
            raise ValidationError({"kind": [_("The kind of an article never changes.")]})
        return self._changed(path, article, text, said, sheet)

    def _changed(self, path: str, article: Article, text: ArticleText, said: Named, sheet: ArticleSheet) -> Line:
        head = article.head
        assert head is not None  # noqa: S101 - every article is written with its first text
        before = text_of(head)
        shown = text_of(article.shown) if article.shown is not None else None
        plain = replace(text, note="")
        is_new_text = plain not in [before, shown]
        moved = placement_of(article) != said.placement
        notes = []
        if moved and article.shown_id is not None:
            notes.append(_("Place and readers stay as they are: readers have this article. Change them on its page."))
        if is_new_text and sheet.line("revision") not in {"", str(head.number)}:
            notes.append(
                _("The file was taken from revision %(then)s; since then revision %(now)d was written.")
                % {"then": sheet.line("revision")[:10], "now": head.number}
            )
        is_placed = moved and article.shown_id is None
        if is_placed:
            put(article, said.placement)
        if is_new_text:
            renew(article, text, actor=self.actor, now=self.now)
        outcome = Outcome.CHANGED if is_new_text or is_placed else Outcome.SAME
        after = plain if is_new_text else before
        return Line(path, outcome, article, after, before, base=head.number, is_placed=is_placed, notes=tuple(notes))

    def _section(self, name: str) -> None:
        """Make the section when the space has none of this name."""
        if not name:
            raise ValidationError({"section": [_("Say in which section it stands.")]})
        if Section.objects.filter(space=self.space, name=name).exists():
            return
        last = Section.objects.filter(space=self.space).order_by("-position").values_list("position", flat=True).first()
        section = Section(space=self.space, name=name, position=min((last or 0) + STEP, 32_000))
        try:
            save_checked(section, taken=_("The space has a section of this name."))
        except ValidationError as refusal:
            raise ValidationError({"section": refusal.messages}) from None
        self.plan.sections.append(name)


def _require_files(missing: list[str]) -> None:
    if missing:
        said = _("The text names a file that is not in the archive: %(name)s.") % {"name": missing[0][:200]}
        raise ValidationError({f"{_NAMED}{missing[0]}": [said]})


def _require_details(sheet: ArticleSheet, kind: str) -> None:
    strange = sorted(set(sheet.details) - {detail.name for detail in details_of(kind)})
    if strange:
        raise ValidationError(
            {strange[0]: [_("Articles of this kind have no field “%(name)s”.") % {"name": strange[0][:60]}]}
        )


def _line_of(name: str, sheet: ArticleSheet, text: str) -> int:
    """Where the field stands in the file, or the name of a file in it; the first line for what is not there."""
    if name.startswith(_NAMED):
        return 1 + text[: max(text.find(name.removeprefix(_NAMED)), 0)].count("\n")
    return sheet.places.get(name, 1)


def _head_words(problem: BadFrontMatter) -> str:
    if problem.field == FENCE:
        return _("The file must begin with its head: a line “+++”, the fields, and a line “+++”.")
    if problem.field:
        return _("“%(field)s” cannot be understood: there is no such field, or its value is not text in quotes.") % {
            "field": problem.field[:60]
        }
    return _('The head of the file cannot be read from this line on: each field is name = "text".')
