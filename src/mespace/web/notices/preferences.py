"""Which news comes by mail, and when: one row per kind of the table."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from mespace.notifications.operations.set_preferences import set_preferences
from mespace.notifications.queries import Choice, preferences
from mespace.notifications.table import Timing
from mespace.web.middleware import ActorRequest


class PreferencesForm(forms.Form):
    """A choice for each kind of news that can be chosen, and the digest as a whole."""

    digest = forms.BooleanField(
        label=gettext_lazy("Send me the morning's digest"),
        required=False,
        help_text=gettext_lazy("One mail at 08:00 Moscow time on working days, with what you have not seen yet."),
    )

    def __init__(self, *args: object, choices: list[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for choice in choices:
            if choice.can_be_chosen:
                self.fields[choice.kind] = forms.ChoiceField(
                    label=choice.label, required=False, choices=[("", _default_words(choice)), *Timing.choices]
                )

    def timings(self) -> dict[str, str]:
        """What was chosen, by kind."""
        return {name: value for name, value in self.cleaned_data.items() if name != "digest" and value}


@require_http_methods(["GET", "HEAD", "POST"])
def mail_preferences(request: ActorRequest) -> HttpResponse:
    """The form of the person's own preferences."""
    choices, digest = preferences(request.actor)
    initial = {"digest": digest, **{choice.kind.value: choice.chosen for choice in choices}}
    form = PreferencesForm(request.POST if request.method == "POST" else None, initial=initial, choices=choices)
    if form.is_valid():
        set_preferences(actor=request.actor, timings=form.timings(), digest=form.cleaned_data["digest"])
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("account_notifications"), status=303)
    rows = [
        {"choice": choice, "field": form[choice.kind] if choice.can_be_chosen else None, "notes": _notes(choice)}
        for choice in choices
    ]
    context = {"form": form, "rows": rows}
    return render(request, "web/notices/preferences.html", context, status=422 if form.errors else 200)


def _default_words(choice: Choice) -> str:
    """“by default: at once”, with the exceptions where a person's relations differ."""
    free = {relation: timing for relation, timing in choice.defaults.items() if relation not in choice.required}
    first, *others = dict.fromkeys(free.values())
    words = str(first.label)
    for other in others:
        who = ", ".join(str(relation.label) for relation, timing in free.items() if timing is other)
        words += "; " + _("%(timing)s where %(who)s") % {"timing": other.label, "who": who}
    return _("by default: %(timing)s") % {"timing": words}


def _notes(choice: Choice) -> list[str]:
    """Where the regulation leaves no choice."""
    return [
        _("At once where %(relation)s: clause %(clause)s leaves no choice.")
        % {"relation": relation.label, "clause": clause}
        for relation, clause in choice.required.items()
    ]
