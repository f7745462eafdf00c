"""The form by which an error of the software is confirmed and described (clause 4.7)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mespace.products.fix import Confirmation, Fix
from mespace.products.models import Build, FixState, KnownError, Version
from mespace.web.manage.forms.base import Kit, RowForm


class _OneOf(forms.TypedChoiceField):
    """One row of a list, or nothing."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, coerce=int, empty_value=None, **options)


class _Several(forms.TypedMultipleChoiceField):
    """Rows of a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, coerce=int, widget=forms.CheckboxSelectMultiple, **options)


FIX = ("planned_for", "planned_for_version", "planned_on", "fixed_in", "fixed_in_version")


class WithdrawalForm(forms.Form):
    """Why it is no error of the software."""

    reason = forms.CharField(
        label=_("What showed that it is no error"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The customers of linked requests read it."),
    )

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """The fields and how they are laid out."""
        return [(self["reason"], "wide")]


class KnownErrorForm(RowForm):
    """A confirmed error: the definition's three parts, what it affects, what helps, and when it is fixed."""

    short = frozenset(FIX)
    texts = frozenset({"description", "workaround"})

    affected_versions = _Several(label=_("Affected versions"), help_text=_("Every build of them until the fix."))
    affected_builds = _Several(label=_("Affected builds"))
    planned_for = _OneOf(
        label=_("Planned for build"),
        help_text=_("Only while the error is not fixed. The customers of linked requests see it."),
    )
    planned_for_version = _OneOf(label=_("Planned for version"))
    fixed_in = _OneOf(label=_("Fixed in build"), help_text=_("A released build, which users can install."))
    fixed_in_version = _OneOf(label=_("Fixed in version"))
    reason = forms.CharField(
        label=_("Why the fix moves"),
        required=False,
        help_text=_("Needed when a fix named before changes: every customer of a linked request is told."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = (
        "code",
        "title",
        "differs_from",
        "reproduced",
        "ruled_out",
        "description",
        "workaround",
        "affected_versions",
        "affected_builds",
        "planned_for",
        "planned_for_version",
        "planned_on",
        "fixed_in",
        "fixed_in_version",
        "reason",
    )

    class Meta(Kit):
        model = KnownError
        fields = ("code", "title", "differs_from", "reproduced", "ruled_out", "description", "workaround", "planned_on")

    def __init__(
        self,
        *args: Any,
        builds: Sequence[Build],
        versions: Sequence[Version],
        affected: Sequence[int] = (),
        affected_versions: Sequence[int] = (),
        may_move_fix: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        every = [(build.pk, build.full_number) for build in builds]
        released = [(build.pk, build.full_number) for build in builds if build.released_on]
        numbers = [(version.pk, str(version.number)) for version in versions]
        self._choose("affected_builds", every, affected)
        self._choose("affected_versions", numbers, affected_versions)
        for name, choices in (
            ("fixed_in", released),
            ("fixed_in_version", numbers),
            ("planned_for", every),
            ("planned_for_version", numbers),
        ):
            self._choose(name, [("", "—"), *choices], getattr(self.instance, f"{name}_id"))
        self.fields["code"].help_text = _("A free one is suggested. Requests name the error by it.")
        self.fields["differs_from"].help_text = _("Which document, which place of it, and what it says there.")
        self.fields["reproduced"].help_text = _("The steps after which it happens each time.")
        self.fields["ruled_out"].help_text = _("What was tried to rule them out.")
        for name in ("differs_from", "reproduced", "ruled_out"):
            self.fields[name].widget.attrs["rows"] = 3
            self.fields[name].required = True
        if not self.instance.pk:
            del self.fields["reason"]
        elif not may_move_fix and self.instance.fix_state != FixState.OPEN:
            self._keep_fix()

    def _keep_fix(self) -> None:
        """A fix that customers were told is moved by those who manage the software: here it is only shown."""
        for name in FIX:
            self.fields[name].disabled = True
            self.fields[name].help_text = ""
        self.fields[FIX[0]].help_text = _("A fix that was named is moved by a support manager, with a reason.")
        del self.fields["reason"]

    def _choose(self, name: str, choices: list[Any], initial: Any) -> None:  # noqa: ANN401 - one id or several
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields[name].initial = initial

    def facts(self) -> dict[str, Any]:
        """What the operation takes."""
        data = self.cleaned_data
        facts = {
            "code": data["code"],
            "title": data["title"],
            "description": data["description"],
            "workaround": data["workaround"],
            "affected_ids": data["affected_builds"],
            "affected_version_ids": data["affected_versions"],
            "confirmation": Confirmation(data["differs_from"], data["reproduced"], data["ruled_out"]),
            "fix": Fix(
                data["fixed_in"],
                data["planned_for"],
                data["planned_on"],
                data["fixed_in_version"],
                data["planned_for_version"],
            ),
        }
        return facts | ({"reason": data["reason"]} if "reason" in data else {})
