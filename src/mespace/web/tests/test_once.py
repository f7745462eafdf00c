"""A form sent twice is done once and answered twice."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from mespace.accounts.models import PasswordLink
from mespace.platform.models import IdempotencyKey
from mespace.products.models import OtherVendor, Product
from mespace.tickets.models import SavedView
from mespace.web.once import _content
from tests.cast import PASSWORD, Cast, make_cast
from tests.concurrency.parallel import at_once

SCALES = {"name": "Весы", "how_to_reach": "Звоните."}


@pytest.fixture
def manager(cast: Cast) -> Client:
    return signed_in(cast, "manager")


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def key_in(page: HttpResponse, action: str = "") -> str:
    """The key of the first form that is sent to `action`."""
    pattern = rf'<form[^>]*{re.escape(action)}.*?name="form_key" value="([\w-]+)"'
    form = re.search(pattern, page.content.decode(), re.DOTALL)
    assert form, "no form has a key"
    return form[1]


@pytest.mark.django_db
def test_the_second_sending_changes_nothing_and_says_the_same(manager: Client) -> None:
    url = reverse("manage:vendor_new")
    form = {**SCALES, "form_key": key_in(manager.get(url))}
    first = manager.post(url, form)
    page = manager.get(first["Location"]).content.decode()
    again = manager.post(url, form)
    assert (first.status_code, again.status_code, again["Location"]) == (303, 303, first["Location"])
    assert OtherVendor.objects.filter(name="Весы").count() == 1
    said = re.findall(r'<[^>]*data-message[^>]*data-tags="draft:/manage/vendors/new/[^>]*>', page)
    assert said
    assert said[0] in manager.get(again["Location"]).content.decode()


@pytest.mark.django_db
def test_every_opening_of_a_form_is_another_one(manager: Client) -> None:
    url = reverse("manage:vendor_new")
    assert key_in(manager.get(url)) != key_in(manager.get(url))


@pytest.mark.django_db
def test_a_refused_form_may_be_corrected_and_sent_with_the_same_key(manager: Client) -> None:
    url = reverse("manage:vendor_new")
    key = key_in(manager.get(url))
    assert manager.post(url, {"name": "Весы", "form_key": key}).status_code == 422
    assert not IdempotencyKey.objects.exists()
    assert manager.post(url, {**SCALES, "form_key": key}).status_code == 303


@pytest.mark.django_db
def test_a_form_changed_after_it_was_done_is_refused(manager: Client) -> None:
    url = reverse("manage:vendor_new")
    form = {**SCALES, "form_key": key_in(manager.get(url))}
    manager.post(url, form)
    changed = manager.post(url, form | {"name": "Другие весы"})
    assert changed.status_code == 409
    assert "с другим содержанием" in changed.content.decode()
    assert not OtherVendor.objects.filter(name="Другие весы").exists()


@pytest.mark.django_db
def test_a_question_asked_before_deleting_uses_no_key_up(cast: Cast, manager: Client) -> None:
    url = reverse("manage:product_delete", args=[cast.other_product.pk])
    asked = manager.post(url, {"form_key": "opened"})
    assert asked.status_code == 200
    form = {"confirmed": "1", "form_key": key_in(asked)}
    done, again = manager.post(url, form), manager.post(url, form)
    assert (done.status_code, again.status_code) == (303, 303)  # not 404, though the row is gone
    assert not Product.objects.filter(pk=cast.other_product.pk).exists()


@pytest.mark.django_db
def test_a_link_that_is_shown_once_stays_the_same_when_its_form_comes_again(cast: Cast, manager: Client) -> None:
    new = {"full_name": "Пётр", "email": "p@zavod.example", "role": "responsible", "language": "ru", "time_zone": "UTC"}
    person = manager.post(reverse("manage:person_new", args=[cast.factory.pk]), new)["Location"]
    form = {"by": "hand", "form_key": key_in(manager.get(person), "/invitation/")}
    shown = manager.post(f"{person}invitation/", form)
    token = re.search(r"/account/link/([\w-]+)", shown.content.decode())
    assert token
    again = manager.post(f"{person}invitation/", form)
    assert (again.status_code, again["Location"]) == (303, person)
    assert PasswordLink.objects.filter(user__email="p@zavod.example").count() == 1
    assert token[1] not in str(list(IdempotencyKey.objects.values()))
    assert "Ссылка была создана и показана один раз" in manager.get(person).content.decode()


@pytest.mark.django_db
def test_what_fails_may_be_sent_again(cast: Cast, manager: Client) -> None:
    agent = signed_in(cast, "agent")
    assert agent.post(reverse("manage:vendor_new"), {**SCALES, "form_key": "k"}).status_code == 403
    assert manager.post(reverse("manage:vendor_edit", args=[10**9]), {**SCALES, "form_key": "k"}).status_code == 404
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db
def test_two_people_s_keys_are_not_each_other_s(cast: Cast, manager: Client) -> None:
    agent, second = signed_in(cast, "agent"), signed_in(cast, "second_agent")
    view = {"name": "Мои", "query": "view=mine", "form_key": "same"}
    assert agent.post(reverse("desk_views"), view).status_code == 303
    assert second.post(reverse("desk_views"), view).status_code == 303
    assert SavedView.objects.filter(name="Мои").count() == 2


@pytest.mark.django_db
def test_of_passwords_nothing_is_remembered(cast: Cast, manager: Client) -> None:
    form = {"present": PASSWORD, "password": "совсем другой пароль", "again": "совсем другой пароль", "form_key": "k"}
    assert manager.post(reverse("account_change_password"), form).status_code == 302
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db
def test_strangers_claim_nothing(client: Client) -> None:
    client.post(reverse("account_login"), {"login": "a@example.org", "password": "x", "form_key": "k"})
    client.post(reverse("manage:vendor_new"), {**SCALES, "form_key": "k"})
    assert not IdempotencyKey.objects.exists()


def test_files_are_part_of_what_a_form_said_and_stay_readable() -> None:
    def content(data: bytes) -> list[Any]:
        request = RequestFactory().post("/x/", {"a": "1", "form_key": "k", "file": SimpleUploadedFile("s.pdf", data)})
        said = _content(request)
        assert request.FILES["file"].read() == data
        return said

    assert content(b"one") == content(b"one")
    assert content(b"one") != content(b"two")


def test_sent_at_the_same_instant_it_is_done_once(own_database: Any) -> None:
    cast = make_cast()
    clients = [signed_in(cast, "manager") for _ in range(6)]
    url = reverse("manage:vendor_new")
    form = {**SCALES, "form_key": key_in(clients[0].get(url))}
    answers = at_once([lambda client=client: client.post(url, form) for client in clients], threads=6)  # type: ignore[misc]
    assert [answer.status_code for answer in answers] == [303] * 6
    assert OtherVendor.objects.filter(name="Весы").count() == 1
