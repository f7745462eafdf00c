"""Who sees what of the desk: page × role."""

from collections.abc import Iterator

import pytest

from mespace.platform import clock
from mespace.tickets.models import AnswerTemplate
from mespace.tickets.operations.assign import assign
from mespace.tickets.operations.log_contact import NewContact, log_contact
from mespace.tickets.operations.saved_views import save_view
from mespace.web.desk.tests.pages import signed_in
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db

READERS = ("manager", "director", "auditor")
WORKERS = ("agent", "second_agent")
CUSTOMERS = ("engineer", "responsible", "stranger")
EVERYBODY = (*WORKERS, "contractor", *READERS, "administrator", *CUSTOMERS)

# url: the status for (agent, contractor, manager, director, auditor, administrator); customers get 404 everywhere.
# The contractor holds ZAVOD-1 and not ZAVOD-2.
TABLE: dict[tuple[str, str], tuple[int, int, int, int, int, int]] = {
    ("get", "/desk/"): (200, 200, 200, 200, 200, 403),
    ("get", "/desk/counts/"): (200, 200, 200, 200, 200, 403),
    ("post", "/desk/assign/"): (303, 403, 403, 403, 403, 403),
    ("get", "/desk/views/"): (200, 200, 200, 200, 200, 403),
    ("post", "/desk/views/"): (422, 422, 422, 422, 422, 403),
    ("post", "/desk/views/{view}/"): (422, 404, 404, 404, 404, 403),
    ("post", "/desk/views/{view}/delete/"): (303, 404, 404, 404, 404, 403),
    ("get", "/desk/new/"): (200, 403, 403, 403, 403, 403),
    ("get", "/desk/new/?person={engineer}"): (200, 403, 403, 403, 403, 403),
    ("post", "/desk/new/?person={engineer}"): (422, 403, 403, 403, 403, 403),
    ("get", "/desk/new/delay/"): (200, 403, 403, 403, 403, 403),
    ("get", "/desk/contacts/"): (200, 403, 200, 200, 200, 403),
    ("get", "/desk/contacts/new/"): (200, 403, 403, 403, 403, 403),
    ("post", "/desk/contacts/new/"): (422, 403, 403, 403, 403, 403),
    ("get", "/desk/contacts/new/callers/?q=engineer"): (200, 403, 403, 403, 403, 403),
    ("get", "/desk/contacts/new/beside/?who=p{engineer}"): (200, 403, 403, 403, 403, 403),
    ("get", "/desk/contacts/{contact}/"): (200, 403, 200, 200, 200, 403),
    ("get", "/desk/contacts/{contact}/edit/"): (200, 404, 403, 403, 403, 403),
    ("post", "/desk/contacts/{contact}/attach/"): (422, 404, 403, 403, 403, 403),
    ("post", "/desk/contacts/{contact}/dismiss/"): (422, 404, 403, 403, 403, 403),
    ("get", "/desk/contacts/{contact}/file/{view}/"): (404, 404, 404, 404, 404, 403),  # a file that is not there
    ("get", "/desk/sessions/"): (200, 200, 200, 200, 200, 403),
    ("get", "/desk/search/?q=принтер"): (200, 200, 200, 200, 200, 403),
    ("get", "/desk/search/?q=ZAVOD-2"): (302, 200, 302, 302, 302, 403),
    ("get", "/desk/palette/?q=ZAVOD-"): (200, 200, 200, 200, 200, 403),
    ("get", "/desk/templates/"): (200, 403, 200, 403, 403, 403),
    ("get", "/desk/templates/new/"): (200, 403, 200, 403, 403, 403),
    ("post", "/desk/templates/new/"): (422, 403, 422, 403, 403, 403),
    ("get", "/desk/templates/{template}/"): (200, 403, 200, 403, 403, 403),
    ("post", "/desk/templates/{template}/delete/"): (200, 403, 200, 403, 403, 403),
    ("get", "/t/ZAVOD-1/"): (200, 200, 200, 200, 200, 404),
    ("get", "/t/ZAVOD-2/"): (200, 404, 200, 200, 200, 404),
    ("get", "/desk/t/ZAVOD-1/as-customer/"): (200, 200, 200, 200, 200, 403),
    ("get", "/desk/t/ZAVOD-2/as-customer/"): (200, 404, 200, 200, 200, 403),
    ("post", "/desk/t/ZAVOD-1/draft/"): (200, 200, 403, 403, 403, 403),
    ("post", "/desk/t/ZAVOD-2/draft/"): (200, 404, 403, 403, 403, 403),
    ("post", "/desk/t/ZAVOD-1/presence/"): (200, 200, 403, 403, 403, 403),
    ("post", "/desk/t/ZAVOD-2/presence/"): (200, 404, 403, 403, 403, 403),
    ("get", "/desk/t/ZAVOD-1/template/{template}/"): (200, 200, 403, 403, 403, 403),
    ("get", "/desk/t/ZAVOD-2/template/{template}/"): (200, 404, 403, 403, 403, 403),
}
ROLES = ("agent", "contractor", "manager", "director", "auditor", "administrator")


@pytest.fixture
def ids(cast: Cast) -> Iterator[dict[str, int]]:
    with clock.stepped(WEDNESDAY):
        held = cast.file()
        cast.file()
        assign(ticket_id=held.pk, actor=cast.agent, now=WEDNESDAY, to_user_id=cast.users["contractor"].pk)
        view = save_view(actor=cast.agent, name="Моё", query="view=all", is_shared=True)
        template = AnswerTemplate.objects.create(title="Привет", body="Здравствуйте!")
        contact = log_contact(actor=cast.agent, now=WEDNESDAY, new=NewContact("phone", WEDNESDAY, "Молчит"))
        yield {"contact": contact.pk, "view": view.pk, "template": template.pk, "engineer": cast.users["engineer"].pk}


@pytest.mark.parametrize(("method", "url"), TABLE)
def test_every_role(cast: Cast, ids: dict[str, int], method: str, url: str) -> None:
    address = url.format(**ids)
    # The agent comes last: what they do changes what the others would find.
    for role in reversed(ROLES):
        answer = getattr(signed_in(cast, role), method)(address)
        assert answer.status_code == TABLE[method, url][ROLES.index(role)], role
    if url.startswith("/desk/"):
        for role in CUSTOMERS:
            assert getattr(signed_in(cast, role), method)(address).status_code == 404, role


def test_the_table_names_every_address() -> None:
    import re

    from mespace.web.desk.urls import urlpatterns

    def plain(text: str) -> str:
        return re.sub(r"ZAVOD-\d|<[^>]+>|\{\w+\}", "*", text.partition("?")[0].removeprefix("/desk/"))

    named = {plain(url) for _method, url in TABLE if url.startswith("/desk/")}
    assert {plain(str(each.pattern)) for each in urlpatterns} == named


# Clause 7.1.
def test_contractors_see_only_what_is_assigned_to_them(cast: Cast, ids: dict[str, int]) -> None:
    client = signed_in(cast, "contractor")
    for url in ("/desk/?view=all", "/desk/search/?q=принтер", "/desk/palette/?q=ZAVOD-"):
        page = client.get(url).content.decode()
        assert "ZAVOD-1" in page, url
        assert "ZAVOD-2" not in page, url
        assert "Моё" not in page, url  # a shared view may be called after a customer
    page = client.get("/desk/?view=unassigned").content.decode()
    assert "Соперник" not in page
    assert "/desk/assign/" not in page


@pytest.mark.parametrize("who", READERS)
def test_readers_are_offered_nothing_to_press(cast: Cast, ids: dict[str, int], who: str) -> None:
    client = signed_in(cast, who)
    for url in ("/desk/?view=all", "/t/ZAVOD-1/"):
        page = client.get(url).content.decode()
        for word in ("/act/", "/desk/assign/", "/presence/", "data-reply", "Принять", "/desk/new/"):
            assert word not in page, (url, word)


def test_an_internal_note_is_not_where_the_customer_looks(cast: Cast, ids: dict[str, int]) -> None:
    from mespace.tickets.models import Ticket
    from mespace.tickets.operations.comment import Remark, comment

    ticket = Ticket.objects.get(key="ZAVOD-1")
    comment(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, remark=Remark("Тайна стенда", internal=True))
    client = signed_in(cast, "agent")
    assert "Тайна стенда" in client.get("/t/ZAVOD-1/").content.decode()
    page = client.get("/desk/t/ZAVOD-1/as-customer/").content.decode()
    assert "Тайна стенда" not in page
    assert "/act/" not in page
    assert "Тайна стенда" not in signed_in(cast, "engineer").get("/t/ZAVOD-1/").content.decode()


def test_looking_as_the_customer_is_no_receipt(cast: Cast) -> None:
    from mespace.tickets.operations._steps import Question
    from mespace.tickets.operations.accept import accept

    with clock.stepped(WEDNESDAY):
        ticket = cast.file()
        accept(ticket_id=ticket.pk, actor=cast.agent, now=WEDNESDAY, then=Question("Какая модель?"))
        version = ticket.stream.head_seq
        signed_in(cast, "second_agent").get(f"/desk/t/{ticket.key}/as-customer/")
        ticket.refresh_from_db()
        assert ticket.term_received_at is None
        assert version <= ticket.version
