"""Where managers begin: what is missing for a first request, otherwise the customers."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mespace.accounts.permissions import Permission
from mespace.customers import queries
from mespace.web.manage.door import reads_customers
from mespace.web.manage.page import draw, see
from mespace.web.middleware import ActorRequest


@reads_customers
def home(request: ActorRequest) -> HttpResponse:
    """The way from an empty installation to a first request, until it has been gone."""
    there = queries.beginnings(actor=request.actor)
    tasks = [
        (_("Software that is supported"), there.product, reverse("manage:products")),
        (_("A build of it"), there.build, reverse("manage:products")),
        (_("A customer with its project"), there.customer, reverse("manage:customers")),
        (_("A site of the customer"), there.site, reverse("manage:customers")),
        (_("A support contract that covers the software"), there.contract, reverse("manage:customers")),
        (_("A person of the customer, invited"), there.person, reverse("manage:customers")),
    ]
    if all(done for _label, done, _url in tasks):
        watches = request.actor.can(Permission.OVERSIGHT_READ)
        return see(reverse("oversight:today" if watches else "manage:customers"))
    current = next(number for number, task in enumerate(tasks) if not task[1])
    steps = [
        {"label": label, "state": "done" if done else "current" if number == current else "ahead", "url": url}
        for number, (label, done, url) in enumerate(tasks)
    ]
    return draw(request, "home", {"steps": steps, "next": steps[current]}, section="")
