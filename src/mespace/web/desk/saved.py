"""Saved views of the queue: making, renaming, sharing and deleting one's own."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mespace.tickets.errors import Invalid
from mespace.tickets.operations.saved_views import change_view, delete_view, may_share, save_view
from mespace.tickets.queries.desk_views import saved_views
from mespace.web.desk.door import desk_view
from mespace.web.desk.filters import filter_query, parse_filter
from mespace.web.desk.shell import render_desk, saved_url
from mespace.web.middleware import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view
def views(request: ActorRequest) -> HttpResponse:
    """The list of views; a POST saves the filters in `query` under a name."""
    if request.method != "POST":
        return _page(request)
    from django.http import QueryDict

    query = filter_query(parse_filter(QueryDict(request.POST.get("query", "")[:1000]), request.actor))
    name, is_shared = request.POST.get("name", ""), "is_shared" in request.POST
    try:
        view = save_view(actor=request.actor, name=name, query=query, is_shared=is_shared)
    except Invalid as refusal:
        return _page(
            request,
            new={"query": query, "name": name, "is_shared": is_shared, "error": " ".join(refusal.errors.values())},
        )
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return HttpResponseRedirect(saved_url(view), status=303)


@require_POST
@desk_view
def change(request: ActorRequest, pk: int) -> HttpResponse:
    """Rename or share an own view."""
    name, is_shared = request.POST.get("name", ""), "is_shared" in request.POST
    try:
        change_view(actor=request.actor, view_id=pk, name=name, is_shared=is_shared)
    except Invalid as refusal:
        return _page(
            request, failed={"pk": pk, "name": name, "is_shared": is_shared, "error": " ".join(refusal.errors.values())}
        )
    messages.success(request, _("The view is changed."))
    return HttpResponseRedirect(reverse("desk_views"), status=303)


@require_POST
@desk_view
def delete(request: ActorRequest, pk: int) -> HttpResponse:
    """Forget an own view: nothing but the name of some filters is lost, so nobody is asked twice."""
    delete_view(actor=request.actor, view_id=pk)
    messages.success(request, _("The view is deleted."))
    return HttpResponseRedirect(reverse("desk_views"), status=303)


def _page(
    request: ActorRequest, *, new: dict[str, object] | None = None, failed: dict[str, object] | None = None
) -> HttpResponse:
    rows = []
    for view in saved_views(request.actor):
        row: dict[str, object] = {"pk": view.pk, "name": view.name, "is_shared": view.is_shared, "url": saved_url(view)}
        row |= {"is_own": view.user_id == request.actor.user_id, "owner": view.user.full_name}
        if failed and failed["pk"] == view.pk:
            row |= failed
        rows.append(row)
    context = {"rows": rows, "new": new, "may_share": may_share(request.actor)}
    return render_desk(request, "web/desk/views.html", context, status=422 if new or failed else 200)
