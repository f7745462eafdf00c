"""What a form keeps when it is refused, and what deleting asks, refuses and says."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mespace.customers.models import Customer, SupportContract
from mespace.platform import clock
from mespace.products.models import KnownError, Product
from tests.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)


@pytest.fixture
def manager(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.users["manager"])
    return client


def test_a_refused_form_keeps_what_was_typed_and_names_the_field(cast: Cast, manager: Client) -> None:
    url = reverse("manage:customer_new")
    typed = {"name": "Новый завод", "project_code": "zavod", "note": "Звонить Петру", "narrow_to_sites": "on"}
    response = manager.post(url, typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Этот код занят другим заказчиком." in page
    assert 'href="#id_project_code"' in page
    assert 'value="Новый завод"' in page
    assert "Звонить Петру</textarea>" in page
    assert 'data-draft="/manage/customers/new/"' in page
    assert Customer.objects.count() == 2


def test_an_accepted_form_clears_its_draft(cast: Cast, manager: Client) -> None:
    response = manager.post(reverse("manage:vendor_new"), {"name": "Весы", "how_to_reach": "Звоните."}, follow=True)
    assert 'data-tags="draft:/manage/vendors/new/' in response.content.decode()


def test_the_customers_own_code_is_not_changed(cast: Cast, manager: Client) -> None:
    url = reverse("manage:customer_edit", args=[cast.factory.pk])
    response = manager.post(url, {"name": "Завод", "short_name": "З", "project_code": "OTHER", "project_name": "П"})
    assert response.status_code == 303
    assert Customer.objects.get(pk=cast.factory.pk).project.code == "ZAVOD"


def test_a_contract_in_use_is_edited_within_its_bounds(cast: Cast, manager: Client) -> None:
    cast.file(now=NOW)
    url = reverse("manage:contract_edit", args=[cast.contract.pk])
    page = manager.get(url).content.decode()
    assert "уже поданы обращения" in page
    data: dict[str, Any] = {
        "number": "ТП-НОВЫЙ",
        "title": "Договор на техническую поддержку",
        "form": "electronic",
        "products": [cast.product.pk, cast.other_product.pk],
        "signed_on": "2020-01-01",  # a tampered page: the field is disabled
        "valid_from": "2020-01-01",
        "valid_until": "2028-06-30",
        "reason": "Доп. соглашение 1",
        "effective_on": "2026-11-19",
        "based_on": "1",
    }
    assert manager.post(url, data).status_code == 303
    row = SupportContract.objects.get(pk=cast.contract.pk)
    assert (row.number, row.signed_on, row.valid_from, row.valid_until) == (
        "ТП-НОВЫЙ",
        date(2024, 1, 1),
        date(2024, 1, 1),
        date(2028, 6, 30),
    )
    refused = manager.post(
        url, data | {"products": [cast.other_product.pk], "valid_until": "2026-11-17", "based_on": "2"}
    )
    assert refused.status_code == 422
    assert "18.11.2026" in refused.content.decode()
    assert set(row.products.all()) == {cast.product, cast.other_product}


def test_deleting_asks_without_scripts_and_then_deletes(cast: Cast, manager: Client) -> None:
    url = reverse("manage:product_delete", args=[cast.other_product.pk])
    asked = manager.post(url)
    assert asked.status_code == 200
    assert 'name="confirmed" value="1"' in asked.content.decode()
    assert Product.objects.filter(pk=cast.other_product.pk).exists()
    done = manager.post(url, {"confirmed": "1"}, follow=True)
    assert done.redirect_chain[0][1] == 303
    assert "ПО удалено." in done.content.decode()
    assert not Product.objects.filter(pk=cast.other_product.pk).exists()


@pytest.mark.parametrize(
    ("name", "row", "word"),
    [
        ("customer_delete", "factory", "Удалить нельзя"),
        ("site_delete", "site", "Вместо этого выведите её из работы"),
        ("contract_delete", "contract", "обращения"),
        ("product_delete", "product", "Вместо этого уберите его из формы"),
        ("build_delete", "build", "обращения"),
    ],
)
def test_what_is_in_use_stays_and_the_page_says_what_to_do(
    cast: Cast, manager: Client, name: str, row: str, word: str
) -> None:
    cast.file(now=NOW)
    thing = getattr(cast, row)
    response = manager.post(reverse(f"manage:{name}", args=[thing.pk]), {"confirmed": "1"}, follow=True)
    page = response.content.decode()
    assert response.redirect_chain[0][1] == 303
    assert 'role="alert"' in page
    assert word in page
    assert type(thing).objects.filter(pk=thing.pk).exists()


def test_a_person_is_disabled_and_enabled(cast: Cast, manager: Client) -> None:
    user = cast.users["engineer"]
    url = reverse("manage:person_disable", args=[user.pk])
    assert 'name="confirmed"' in manager.post(url).content.decode()
    assert "больше не может войти" in manager.post(url, {"confirmed": "1"}, follow=True).content.decode()
    user.refresh_from_db()
    assert not user.is_active
    page = manager.post(reverse("manage:person_invite", args=[user.pk]), follow=True).content.decode()
    assert "Учётная запись отключена" in page
    page = manager.post(reverse("manage:person_enable", args=[user.pk]), follow=True).content.decode()
    assert "с прежним паролем" in page
    page = manager.post(reverse("manage:person_invite", args=[user.pk]), follow=True).content.decode()
    assert "уже есть пароль" in page


def test_an_invitation_is_mailed_where_mail_is_set(cast: Cast, manager: Client, settings: Any) -> None:
    new = manager.post(
        reverse("manage:person_new", args=[cast.factory.pk]),
        {"full_name": "Пётр", "email": "p@zavod.example", "role": "responsible", "language": "ru", "time_zone": "UTC"},
    )
    settings.MAIL_IS_SET = True
    assert "Отправить приглашение" in manager.get(new["Location"]).content.decode()
    sent = manager.post(f"{new['Location']}invitation/", {"by": "mail"}, follow=True)
    assert "p@zavod.example" in sent.content.decode()


def test_a_preview_is_rendered_safely(cast: Cast, manager: Client) -> None:
    answer = manager.post(reverse("manage:preview"), {"text": "**да** <script>alert(1)</script>"})
    assert answer.content.decode().startswith("<p><strong>да</strong> &lt;script&gt;")


def test_lists_are_found_and_paged(cast: Cast, manager: Client) -> None:
    KnownError.objects.bulk_create(
        KnownError(product=cast.product, code=f"KE-{number}", title=f"Ошибка {number}") for number in range(2, 60)
    )
    first = manager.get(reverse("manage:known_errors")).content.decode()
    assert "after=" in first
    found = manager.get(reverse("manage:known_errors"), {"q": "очередь", "product": cast.product.pk}).content.decode()
    assert "KE-1<" in found
    assert "KE-2<" not in found
    for query in ({"after": "junk"}, {"product": "x"}, {"q": "ё" * 300}, {"after": "9" * 30}):
        assert manager.get(reverse("manage:known_errors"), query).status_code == 200
    for name in ("customers", "contracts"):
        for query in ({"after": "junk"}, {"after": "a|9"}, {"shown": "junk"}):
            assert manager.get(reverse(f"manage:{name}"), query).status_code == 200
        assert manager.get(reverse(f"manage:{name}"), {"q": "za\x00vod"}).status_code == 400


def test_the_calendar_shows_worked_saturdays_and_what_is_not_verified(cast: Cast, manager: Client) -> None:
    page = manager.get(reverse("manage:calendar", args=["ru-1", 2024])).content.decode()
    assert '<td class="day-worked_weekend" title="рабочий день вместо выходного">28' in page
    assert "10.08.2023" in page
    assert "утверждён" in page
    year = clock.now().year + 2
    assert "предварительный" in manager.get(reverse("manage:calendar", args=["ru-1", year])).content.decode()
    assert manager.get(reverse("manage:calendar", args=["ru-1", 1990])).status_code == 404
    assert manager.get(reverse("manage:calendar", args=["xx", 2024])).status_code == 404


def test_the_parameters_of_an_edition_are_told_in_words(cast: Cast, manager: Client) -> None:
    page = manager.get(reverse("regulation:edition", args=["2019-09-01"])).content.decode()
    for words in (
        "08:00–17:00",
        "2\xa0ч рабочего времени",
        "8\xa0ч рабочего времени",
        "14 полных суток",
        "15 календарных дней",
    ):
        assert words in page


def test_the_other_language_is_whole(cast: Cast) -> None:
    user = cast.users["manager"]
    user.language = "en"
    user.save()
    client = Client()
    client.force_login(user)
    page = client.get(reverse("manage:customer", args=[cast.factory.pk])).content.decode()
    assert "Add a site" in page
    assert "Площадки" not in page
