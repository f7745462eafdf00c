"""Keeping the shelves: spaces and their sections."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from mespace.accounts.permissions import Permission
from mespace.knowledge.exchange.export import exported
from mespace.knowledge.models import Section, Space
from mespace.knowledge.operations.save_space import SpaceEntry, add_space, change_space, save_section
from mespace.platform.files import download_headers, zipped
from mespace.platform.rows import RowNotFound, found
from mespace.web.knowledge.door import writing
from mespace.web.knowledge.forms import SectionForm, SpaceForm
from mespace.web.knowledge.reading import rights
from mespace.web.manage.page import add_errors
from mespace.web.middleware import ActorRequest

if TYPE_CHECKING:
    from django import forms


@writing(Permission.ARTICLES_PUBLISH)
def space_new(request: ActorRequest) -> HttpResponse:
    """A new space."""
    form = SpaceForm(request.POST if request.method == "POST" else None)

    def save(data: dict[str, Any]) -> Space:
        return add_space(actor=request.actor, entry=SpaceEntry(**data))

    return _page(request, form, _("New space"), reverse("kb:home"), save)


@writing(Permission.ARTICLES_PUBLISH)
def space_edit(request: ActorRequest, code: str) -> HttpResponse:
    """What a space is called."""
    space = space_of(code)
    form = SpaceForm(request.POST if request.method == "POST" else None, instance=space)

    def save(data: dict[str, Any]) -> Space:
        return change_space(actor=request.actor, space_id=space.pk, entry=SpaceEntry(**data))

    return _page(request, form, space.name, reverse("kb:space", args=[code]), save)


@writing(Permission.ARTICLES_PUBLISH, "GET", "HEAD")
def space_export(request: ActorRequest, code: str) -> StreamingHttpResponse:
    """The space as a ZIP of Markdown files, streamed."""
    space = space_of(code)
    response = StreamingHttpResponse(zipped(exported(actor=request.actor, space=space)), content_type="application/zip")
    for name, value in download_headers(f"{space.code}.zip", "application/zip", inline=False).items():
        response[name] = value
    return response


@writing(Permission.ARTICLES_PUBLISH)
def section_new(request: ActorRequest, code: str) -> HttpResponse:
    """A new section of a space."""
    space = space_of(code)
    form = SectionForm(request.POST if request.method == "POST" else None)

    def save(data: dict[str, Any]) -> Space:
        return save_section(actor=request.actor, space_id=space.pk, **data).space

    return _page(request, form, pgettext("knowledge", "New section"), reverse("kb:space", args=[code]), save)


@writing(Permission.ARTICLES_PUBLISH)
def section_edit(request: ActorRequest, section_id: int) -> HttpResponse:
    """What a section is called, and where it stands."""
    section = found(Section.objects.select_related("space"), section_id)
    form = SectionForm(request.POST if request.method == "POST" else None, instance=section)

    def save(data: dict[str, Any]) -> Space:
        return save_section(actor=request.actor, space_id=section.space_id, section_id=section.pk, **data).space

    return _page(request, form, section.name, reverse("kb:space", args=[section.space.code]), save)


def space_of(code: str) -> Space:
    """The space of the address. Raises RowNotFound."""
    space = Space.objects.filter(code=code).first()
    if space is None:
        raise RowNotFound(Space._meta.label_lower)  # noqa: SLF001 - Django's public name
    return space


def _page(request: ActorRequest, form: "forms.ModelForm[Any]", heading: str, back_url: str, save: Any) -> HttpResponse:  # noqa: ANN401 - a closure above
    if request.method == "POST" and form.is_valid():
        try:
            space: Space = save(form.cleaned_data)
        except ValidationError as refusal:
            add_errors(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("kb:space", args=[space.code]), status=303)
    context = {
        "form": form,
        "heading": heading,
        "back_url": back_url,
        "back_label": _("Knowledge base"),
        "submit": _("Save"),
        "draft": "",
        **rights(request),
    }
    return render(request, "web/knowledge/form.html", context, status=422 if form.errors else 200)
