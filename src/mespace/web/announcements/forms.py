"""The forms of planned work, outages and components."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mespace.announcements.models import LONGEST_TEXT, Impact, ServiceComponent
from mespace.announcements.plan import LONGEST_TITLE
from mespace.products.models import Product
from mespace.regulation.queries import MOSCOW

FORMATS = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M"]


class MoscowInstantField(forms.DateTimeField):
    """An instant typed in Moscow's time, in which the regulation reckons, whatever the reader's zone is."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(format=FORMATS[0], attrs={"type": "datetime-local"})
        super().__init__(widget=widget, input_formats=FORMATS, **kwargs)

    def to_python(self, value: Any) -> datetime | None:  # noqa: ANN401 - Django's signature
        """The aware instant."""
        with timezone.override(MOSCOW):
            return super().to_python(value)

    def prepare_value(self, value: object) -> object:
        """What stands in the field."""
        return value.astimezone(MOSCOW).replace(tzinfo=None) if isinstance(value, datetime) else value


class _Choices(forms.TypedMultipleChoiceField):
    """Boxes to tick; cleaned to ids."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, widget=forms.CheckboxSelectMultiple, **kwargs)


class _NoticeForm(forms.Form):
    """Rows as the form's page lays them out."""

    WIDE = frozenset({"title", "components", "products", "impact"})
    TEXTS = frozenset({"text", "reason"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "components" in self.fields:
            shown = ServiceComponent.objects.filter(is_active=True)
            self.fields["components"].choices = [(row.pk, str(row)) for row in shown]  # type: ignore[attr-defined]
        if "products" in self.fields:
            self.fields["products"].choices = list(Product.objects.values_list("pk", "name"))  # type: ignore[attr-defined]

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """The visible fields, each with how it is laid out: short, wide or text."""
        return [(field, self._layout(field.name)) for field in self.visible_fields()]

    def _layout(self, name: str) -> str:
        if name in self.TEXTS:
            return "text"
        return "wide" if name in self.WIDE else "short"


def _text(label: Any, help_text: Any = "", *, required: bool = False) -> forms.CharField:  # noqa: ANN401 - lazy words
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class AnnounceForm(_NoticeForm):
    """Planned work."""

    title = forms.CharField(label=_("What is done"), max_length=LONGEST_TITLE)
    components = _Choices(label=_("What it concerns"))
    starts_at = MoscowInstantField(label=_("Start"), help_text=_("Moscow time; exactly then access ends."))
    restore_at = MoscowInstantField(
        label=_("Access restored by"), help_text=_("Moscow time. This instant is promised and kept as an obligation.")
    )
    text = _text(_("What people should know"), _("What will not work, and what they can do meanwhile."))


class ReviseForm(_NoticeForm):
    """The words and components of planned work."""

    title = forms.CharField(label=_("What is done"), max_length=LONGEST_TITLE)
    components = _Choices(label=_("What it concerns"))
    text = _text(_("What people should know"))


class MoveForm(_NoticeForm):
    """New instants of planned work that has not started."""

    starts_at = MoscowInstantField(label=_("Start"), help_text=_("Moscow time; exactly then access ends."))
    restore_at = MoscowInstantField(label=_("Access restored by"), help_text=_("Moscow time."))
    reason = _text(_("Why"), _("Everybody concerned reads it."), required=True)


class ProlongForm(_NoticeForm):
    """A new promised instant of work that is under way."""

    restore_at = MoscowInstantField(label=_("Access restored by"), help_text=_("Moscow time."))
    reason = _text(_("Why"), _("Everybody concerned reads it."), required=True)


class RestoreForm(_NoticeForm):
    """When access was restored."""

    restored_at = MoscowInstantField(
        label=_("Restored at"),
        required=False,
        help_text=_("Moscow time; empty means now. Give the true instant if the tracker itself was away then."),
    )
    text = _text(_("What people should know"))


class CancelForm(_NoticeForm):
    """Why planned work does not take place."""

    reason = _text(_("Why"), _("Everybody concerned reads it."), required=True)


class ReportForm(_NoticeForm):
    """An outage."""

    title = forms.CharField(label=_("What happens"), max_length=LONGEST_TITLE)
    components = _Choices(label=_("What it concerns"))
    impact = forms.ChoiceField(label=_("How far it goes"), choices=Impact.choices, widget=forms.RadioSelect)
    began_at = MoscowInstantField(label=_("Since when"), help_text=_("Moscow time; it cannot be changed later."))
    text = _text(_("What is known"), required=True)


class UpdateForm(_NoticeForm):
    """More about an outage."""

    impact = forms.ChoiceField(label=_("How far it goes"), choices=Impact.choices, widget=forms.RadioSelect)
    text = _text(_("What is known"), required=True)


class EndForm(_NoticeForm):
    """The end of an outage."""

    ended_at = MoscowInstantField(label=_("Over since"), required=False, help_text=_("Moscow time; empty means now."))
    text = _text(_("What people should know"))


class ComponentForm(_NoticeForm):
    """A component of the service."""

    WIDE = frozenset({"products", "is_active"})

    name = forms.CharField(label=_("Name"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)
    code = forms.SlugField(
        label=_("Code"), max_length=30, help_text=_("Latin letters: the prober calls it so. It stays for ever.")
    )
    position = forms.IntegerField(label=_("Place in the list"), min_value=0, max_value=1000, initial=10)
    products = _Choices(
        label=_("Only for users of"), required=False, help_text=_("Choose none for what everybody uses.")
    )
    is_active = forms.BooleanField(label=_("Shown on the status page"), required=False, initial=True)


class ProbeForm(_NoticeForm):
    """A prober that may deliver."""

    WIDE = frozenset({"public_key", "is_active"})

    code = forms.SlugField(label=_("Name"), max_length=30, help_text=_("As in its option --name. It stays for ever."))
    place = forms.CharField(label=_("Where it runs"), max_length=200, required=False)
    public_key = forms.CharField(
        label=_("Public key"), max_length=64, help_text=_("64 hexadecimal digits: mespace probe … --key prints them.")
    )


class ProbeEditForm(_NoticeForm):
    """A prober that is known."""

    WIDE = frozenset({"is_active"})

    place = forms.CharField(label=_("Where it runs"), max_length=200, required=False)
    is_active = forms.BooleanField(label=_("Its deliveries are taken"), required=False)
