from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from mespace.accounts.models import PasswordLink, SignInKind, User
from mespace.accounts.operations.record_sign_in import record_sign_in
from mespace.accounts.operations.send_password_link import send_password_link
from mespace.platform import clock

NEW = {
    "full_name": "Ольга Новая",
    "email": "olga@example.org",
    "job_title": "инженер",
    "phone": "",
    "roles": ["agent", "manager"],
    "language": "ru",
    "time_zone": "Europe/Moscow",
}


def client_of(cast: Any, name: str) -> Client:
    client = Client()
    client.force_login(cast.users[name])
    return client


@pytest.fixture
def admin(cast: Any) -> Any:
    return client_of(cast, "administrator")


def test_a_new_employee_is_created_invited_and_enters(cast: Any, admin: Any) -> None:
    answer = admin.post("/people/new/", NEW)
    user = User.objects.get(email="olga@example.org")
    assert answer["Location"] == f"/people/{user.pk}/"
    assert user.roles == ["agent", "manager"]
    page = admin.post(f"/people/{user.pk}/invitation/").content.decode()
    url = page.split('id="one-time-link"')[1].split('value="')[1].split('"')[0]
    assert "no-store" in admin.post(f"/people/{user.pk}/invitation/")["Cache-Control"]
    path = "/account/link/" + url.split("/account/link/")[1]
    assert Client().get(path).status_code == 410  # the second one replaced it
    assert PasswordLink.objects.filter(used_at=None, revoked_at=None).count() == 1


def test_junk_in_the_form_stays_there(cast: Any, admin: Any) -> None:
    answer = admin.post("/people/new/", NEW | {"email": "agent@example.org"})
    assert answer.status_code == 422
    assert "email" in answer.context["form"].errors
    assert "Ольга Новая" in answer.content.decode()
    assert admin.post("/people/new/", NEW | {"roles": ["customer_user"]}).status_code == 422


def test_an_invitation_by_mail(cast: Any, admin: Any, settings: Any) -> None:
    settings.MAIL_IS_SET = True
    admin.post("/people/new/", NEW)
    user = User.objects.get(email="olga@example.org")
    assert admin.post(f"/people/{user.pk}/invitation/", {"by": "mail"}).status_code == 302
    send_password_link(**ProcrastinateJob.objects.get(task_name="accounts.send_password_link").args, now=clock.now())
    assert mail.outbox[0].to == ["olga@example.org"]


def test_lists_by_name_with_search_and_pages(cast: Any, admin: Any) -> None:
    for number in range(60):
        User.objects.create_user(
            email=f"s{number}@example.org", full_name=f"Ёлкин {number:02}", roles=["agent"], created_at=clock.now()
        )
    User.objects.create_user(email="z@example.org", full_name="Жуков", roles=["agent"], created_at=clock.now())
    seen, url = [], "/people/"
    while url:
        context = admin.get(url).context
        seen += [row["person"].full_name for row in context["rows"]]
        url = f"/people/{context['older_url']}" if context["older_url"] else None
    assert len(seen) == len(set(seen)) == 60 + 1 + 7
    assert seen.index("Ёлкин 00") < seen.index("Жуков")  # ё is е, whatever the database's code points say
    assert [row["person"].full_name for row in admin.get("/people/?q=жуков").context["rows"]] == ["Жуков"]
    people = admin.get("/people/?of=customers").content.decode()
    assert "Engineer" in people
    assert "Соперник" in people


def test_the_number_of_statements_does_not_grow_with_the_list(
    cast: Any, admin: Any, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(5):
        admin.get("/people/")
    with django_assert_max_num_queries(5):
        admin.get("/people/?of=customers")


def test_roles_and_the_last_administrator(cast: Any, admin: Any) -> None:
    agent, own = cast.agent.user_id, cast.administrator.user_id
    assert admin.post(f"/people/{agent}/roles/", {"roles": ["manager"]}).status_code == 302
    assert User.objects.get(pk=agent).roles == ["manager"]
    named = admin.post(f"/people/{cast.engineer.user_id}/roles/", {"roles": "responsible"})
    assert (named.status_code, list(named.context["roles_form"].errors)) == (422, ["roles"])  # a contract names them
    assert admin.get(f"/people/{cast.engineer.user_id}/").context["roles_form"] is None
    refused = admin.post(f"/people/{own}/roles/", {"roles": ["agent"]})
    assert refused.status_code == 422
    assert "единственный администратор" in refused.content.decode()
    admin.post(f"/people/{own}/disabling/", {"confirmed": "1"})
    assert User.objects.get(pk=own).is_active


def test_disabling_asks_first(cast: Any, admin: Any) -> None:
    url = f"/people/{cast.agent.user_id}/disabling/"
    assert 'name="confirmed"' in admin.post(url).content.decode()
    assert User.objects.get(pk=cast.agent.user_id).is_active
    admin.post(url, {"confirmed": "1"})
    assert not User.objects.get(pk=cast.agent.user_id).is_active
    admin.post(f"/people/{cast.agent.user_id}/enabling/")
    assert User.objects.get(pk=cast.agent.user_id).is_active


def test_a_reset_link_and_a_lost_phone(cast: Any, admin: Any) -> None:
    TOTP.activate(cast.users["agent"], "JBSWY3DPEHPK3PXP")
    page = admin.post(f"/people/{cast.agent.user_id}/reset-link/").content.decode()
    assert "/account/link/" in page
    url = f"/people/{cast.agent.user_id}/second-factor/"
    assert 'name="confirmed"' in admin.post(url).content.decode()
    admin.post(url, {"confirmed": "1"})
    assert not cast.users["agent"].authenticator_set.exists()


def test_editing_a_profile(cast: Any, admin: Any) -> None:
    url = f"/people/{cast.agent.user_id}/profile/"
    facts = {"full_name": "Иван Петров", "job_title": "", "phone": "", "language": "ru", "time_zone": "Europe/Samara"}
    assert admin.get(url).status_code == 200
    assert admin.post(url, facts).status_code == 302
    assert User.objects.get(pk=cast.agent.user_id).full_name == "Иван Петров"
    assert admin.post(url, facts | {"full_name": ""}).status_code == 422


def test_the_sign_in_log(cast: Any, admin: Any) -> None:
    for number in range(55):
        kind = SignInKind.PASSWORD if number % 2 else SignInKind.WRONG_PASSWORD
        user_id = cast.agent.user_id if number % 2 else None
        record_sign_in(now=clock.now(), kind=kind, user_id=user_id, ip="203.0.113.7", user_agent="Firefox/1 Linux")
    first = admin.get("/people/sign-ins/")
    assert "203.0.113.0/24" in first.content.decode()
    older = admin.get(f"/people/sign-ins/{first.context['older_url']}")
    assert len(first.context["rows"]) + len(older.context["rows"]) == 55
    failures = admin.get("/people/sign-ins/?failures=1").context["rows"]
    assert {row["line"].kind for row in failures} == {"wrong_password"}
    own = admin.get(f"/people/sign-ins/?person={cast.agent.user_id}").context["rows"]
    assert {row["line"].user_id for row in own} == {cast.agent.user_id}
    for junk in ("?person=x", "?before=²", "?before=x&person=-1"):
        assert admin.get(f"/people/sign-ins/{junk}").status_code == 200


PAGES = ["", "new/", "{person}/", "{person}/profile/"]
ACTS = ["new/", "{person}/profile/", "{person}/roles/", "{person}/invitation/", "{person}/reset-link/",
        "{person}/second-factor/", "{person}/disabling/", "{person}/enabling/"]  # fmt: skip
OTHERS = ["agent", "contractor", "manager", "director", "auditor", "engineer", "responsible", "stranger"]


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_but_administrators(cast: Any, name: Any) -> None:
    client = client_of(cast, name)
    person = cast.colleague.user_id
    for path in PAGES:
        assert client.get(f"/people/{path.format(person=person)}").status_code == 403, path
    for path in ACTS:
        answer = client.post(f"/people/{path.format(person=person)}", {"confirmed": "1", "roles": "responsible"})
        assert answer.status_code == 403, path
    allowed = 200 if name == "auditor" else 403
    assert client.get("/people/sign-ins/").status_code == allowed
    assert User.objects.get(pk=person).roles == ["customer_user"]


def test_an_unknown_person_is_404_and_acts_are_not_done_by_get(cast: Any, admin: Any) -> None:
    assert admin.get("/people/999999999/").status_code == 404
    assert admin.post("/people/999999999/disabling/", {"confirmed": "1"}).status_code == 404
    for path in ("roles", "invitation", "reset-link", "second-factor", "disabling", "enabling"):
        assert admin.get(f"/people/{cast.agent.user_id}/{path}/").status_code == 405, path
