"""The forms of the knowledge base. They only parse; operations judge."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mespace.knowledge.kinds import ArticleKind, Audience, Shape, details_of
from mespace.knowledge.models import Article, NotHelped, Section, Space
from mespace.knowledge.texts import ArticleText, Placement
from mespace.products.models import Build, Component, KnownError, Product, Version
from mespace.web.manage.forms.base import DayInput, Kit, RowForm


class LaidOut(forms.Form):
    """A form whose fields know how they are laid out: short, wide, text (Markdown)."""

    layouts: ClassVar[Mapping[str, str]] = {}

    def rows(self) -> list[tuple[forms.BoundField, str]]:
        """The visible fields, each with its layout."""
        return [(field, self.layout_of(field.name)) for field in self.visible_fields()]

    def layout_of(self, name: str) -> str:
        """How a field is laid out."""
        return self.layouts.get(name, "wide")


class OfKind(LaidOut):
    """A form about an article of one kind; those that are joined into one get it once."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind


class TextForm(OfKind):
    """What an article says; the kind's own fields stand before the text."""

    layouts: ClassVar[Mapping[str, str]] = {"body": "text"}

    title = forms.CharField(
        label=pgettext_lazy("knowledge", "Title"),
        max_length=200,
        error_messages={"required": _("Give it a title.")},
    )
    summary = forms.CharField(
        label=_("In a sentence"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands under the title and in lists."),
    )
    body = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 22}),
        error_messages={"required": _("Write the text.")},
        help_text=_("Markdown. A quote that begins with [!NOTE], [!TIP] or [!WARNING] becomes a framed note."),
    )
    note = forms.CharField(
        label=_("What has changed, and why"),
        max_length=300,
        required=False,
        help_text=_("For those who compare later."),
    )
    base = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        for detail in details_of(kind):
            self.fields[detail.name] = _detail_field(detail.shape, detail.label, detail.hint)
        own = [detail.name for detail in details_of(kind)]
        self.order_fields(["title", "summary", *own, "body", "note"])

    def layout_of(self, name: str) -> str:
        """The kind's texts are Markdown too."""
        shapes = {detail.name: detail.shape for detail in details_of(self.kind)}
        if shapes.get(name) is Shape.TEXT:
            return "text"
        return "short" if name in shapes else super().layout_of(name)

    @property
    def text(self) -> ArticleText:
        """What was typed, once the form is valid."""
        data = self.cleaned_data
        details = {detail.name: _plain(data.get(detail.name)) for detail in details_of(self.kind)}
        return ArticleText(data["title"], data["body"], data["summary"], details, data["note"])


def _plain(value: object) -> str:
    return "" if value is None else str(value)


def _detail_field(shape: Shape, label: Any, hint: Any) -> forms.Field:  # noqa: ANN401 - lazy words
    if shape is Shape.TEXT:
        return forms.CharField(label=label, help_text=hint, required=False, widget=forms.Textarea(attrs={"rows": 4}))
    if shape is Shape.DAY:
        return forms.DateField(label=label, required=False, widget=DayInput())
    if shape is Shape.MINUTES:
        return forms.IntegerField(label=label, required=False, min_value=0, max_value=10_000)
    return forms.CharField(label=label, help_text=hint, required=False, max_length=200)


class PlacementForm(OfKind):
    """Where it stands, who reads it, what it is about."""

    section = forms.TypedChoiceField(
        label=pgettext_lazy("knowledge", "Section"), coerce=int, error_messages={"required": _("Choose a section.")}
    )
    audience = forms.ChoiceField(label=_("Who reads it"), choices=Audience.choices, widget=forms.RadioSelect)
    products = forms.ModelMultipleChoiceField(
        label=_("Software"),
        queryset=Product.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    components = forms.ModelMultipleChoiceField(
        label=_("Components"),
        queryset=Component.objects.select_related("product").order_by("product__name", "name"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    versions = forms.ModelMultipleChoiceField(
        label=_("Valid for versions"),
        queryset=Version.objects.select_related("product").order_by("product__name", "-number"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("Nothing chosen: for every version."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        self.fields["section"].choices = _sections()  # type: ignore[attr-defined]
        self.fields["components"].label_from_instance = lambda row: f"{row.product} · {row.name}"  # type: ignore[attr-defined]
        if kind == ArticleKind.KNOWN_ERROR:
            self.fields["known_error"] = forms.ModelChoiceField(
                label=_("Known error"), queryset=KnownError.objects.all(), required=True, empty_label="—"
            )
        if kind == ArticleKind.RELEASE_NOTES:
            field = forms.ModelChoiceField(
                label=_("Build"),
                queryset=Build.objects.select_related("version__product"),
                required=True,
                empty_label="—",
            )
            field.label_from_instance = lambda obj: f"{obj.version.product} {obj.full_number}"  # type: ignore[method-assign]
            self.fields["build"] = field
        self.order_fields(["section", "known_error", "build", "audience"])

    @property
    def placement(self) -> Placement:
        """What was chosen, once the form is valid."""
        data = self.cleaned_data
        error, build = data.get("known_error"), data.get("build")
        return Placement(
            section_id=data["section"],
            audience=data["audience"],
            product_ids=frozenset(row.pk for row in data["products"]),
            component_ids=frozenset(row.pk for row in data["components"]),
            version_ids=frozenset(row.pk for row in data["versions"]),
            known_error_id=error.pk if error is not None else None,
            build_id=build.pk if build is not None else None,
        )


def placement_initial(article: Article) -> dict[str, Any]:
    """What the form says of an article that is there."""
    return {
        "section": article.section_id,
        "audience": article.audience,
        "products": [row.pk for row in article.products.all()],
        "components": [row.pk for row in article.components.all()],
        "versions": [row.pk for row in article.versions.all()],
        "known_error": article.known_error_id,
        "build": article.build_id,
    }


class NewArticleForm(PlacementForm, TextForm):
    """Text and place together."""

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        del self.fields["note"]
        own = [detail.name for detail in details_of(kind)]
        texts = ["title", "summary", *own, "body"]
        self.order_fields([*texts, "section", "known_error", "build", "audience", "products", "components", "versions"])

    def clean(self) -> dict[str, Any]:
        """A first text has nothing to compare with."""
        return {**self.cleaned_data, "note": ""}


def _sections() -> list[tuple[str, list[tuple[int, str]]]]:
    grouped: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for row in Section.objects.select_related("space").order_by("space__position", "space__name", "position", "name"):
        grouped[row.space.name].append((row.pk, row.name))
    return list(grouped.items())


class SpaceForm(RowForm):
    """A space."""

    short = frozenset({"code", "position"})

    class Meta(Kit):
        model = Space
        fields = ("name", "code", "description", "position")


class SectionForm(RowForm):
    """A section."""

    short = frozenset({"position"})

    class Meta(Kit):
        model = Section
        fields = ("name", "position")


class FeedbackForm(forms.Form):
    """Did it help, and why not."""

    helped = forms.ChoiceField(
        label=_("Did this solve it?"),
        choices=[("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it helped.")},
    )
    reason = forms.ChoiceField(
        label=_("Why not?"),
        choices=NotHelped.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    note = forms.CharField(
        label=_("What is missing or wrong"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("Why"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
