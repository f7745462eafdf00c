"""Answer templates: the list, writing one, deleting one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mespace.accounts.permissions import Permission
from mespace.products.models import Product
from mespace.tickets.errors import Invalid, TicketNotFound
from mespace.tickets.models import AnswerTemplate
from mespace.tickets.operations.answer_templates import LONGEST_TITLE, Template, delete_template, save_template
from mespace.web.acts.views import show_errors
from mespace.web.desk.answer_text import PLACES
from mespace.web.desk.door import desk_view
from mespace.web.desk.shell import render_desk
from mespace.web.middleware import ActorRequest


class TemplateForm(forms.Form):
    """A template."""

    title = forms.CharField(
        label=pgettext_lazy("of a template", "Title"),
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("By this the template is found in the answer editor."),
    )
    body = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 12}))
    product = forms.TypedChoiceField(label=gettext_lazy("Only for"), coerce=int, empty_value=None, required=False)
    is_active = forms.BooleanField(label=gettext_lazy("Offered in the answer editor"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = ", ".join(russian if get_language() == "ru" else english for russian, english in PLACES)
        self.fields["body"].help_text = _("Filled in when the template is inserted: %(places)s.") % {"places": places}
        choices = [("", _("all software")), *Product.objects.values_list("pk", "name")]
        self.fields["product"].choices = choices  # type: ignore[attr-defined]


@require_safe
@desk_view
def listing(request: ActorRequest) -> HttpResponse:
    """All templates by title."""
    request.actor.require(Permission.ANSWER_TEMPLATES_MANAGE)
    rows = AnswerTemplate.objects.select_related("product")
    return render_desk(request, "web/desk/templates.html", {"rows": rows}, place=reverse("desk_templates"))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def edit(request: ActorRequest, pk: int | None = None) -> HttpResponse:
    """A template's form; without `pk` for a new one."""
    request.actor.require(Permission.ANSWER_TEMPLATES_MANAGE)
    row = None if pk is None else AnswerTemplate.objects.filter(pk=pk).first()
    if pk is not None and row is None:
        raise TicketNotFound(pk)
    initial = (
        {"title": row.title, "body": row.body, "product": row.product_id, "is_active": row.is_active} if row else None
    )
    form = TemplateForm(request.POST) if request.method == "POST" else TemplateForm(initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            saved = save_template(
                actor=request.actor,
                template=Template(data["title"], data["body"], data["product"], data["is_active"]),
                template_id=pk,
            )
        except Invalid as refusal:
            show_errors(form, refusal)  # type: ignore[arg-type]
        else:
            messages.success(request, _("The template “%(title)s” is saved.") % {"title": saved.title})
            return HttpResponseRedirect(reverse("desk_templates"), status=303)
    context = {"form": form, "row": row}
    return render_desk(
        request, "web/desk/template.html", context, place=reverse("desk_templates"), status=422 if form.errors else 200
    )


@require_POST
@desk_view
def delete(request: ActorRequest, pk: int) -> HttpResponse:
    """Delete a template; without `confirmed`, ask first."""
    request.actor.require(Permission.ANSWER_TEMPLATES_MANAGE)
    row = AnswerTemplate.objects.filter(pk=pk).first()
    if row is None:
        raise TicketNotFound(pk)
    if request.POST.get("confirmed") != "1":
        confirm = {
            "title": _("Delete the template?"),
            "text": _("“%(title)s” will no longer be offered to anybody. Answers that were sent stay as they are.")
            % {"title": row.title},
            "label": _("Delete"),
            "danger": True,
            "cancel_url": reverse("desk_template", args=[pk]),
        }
        return render(request, "web/confirm.html", {"confirm": confirm})
    delete_template(actor=request.actor, template_id=pk)
    messages.success(request, _("The template is deleted."))
    return HttpResponseRedirect(reverse("desk_templates"), status=303)
