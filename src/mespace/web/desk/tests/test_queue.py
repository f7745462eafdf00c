import pytest
from django.test import Client

from mespace.platform import clock
from tests.cast import WEDNESDAY, Cast

pytestmark = pytest.mark.django_db


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def test_smoke(cast: Cast) -> None:
    with clock.stepped(WEDNESDAY):
        ticket = cast.file()
        for url in (
            "/desk/",
            "/desk/counts/",
            "/desk/views/",
            "/desk/new/",
            "/desk/search/?q=этикетка",
            "/desk/palette/?q=ZAVOD",
            "/desk/templates/",
            "/desk/templates/new/",
            f"/t/{ticket.key}/",
            f"/t/{ticket.key}/?do=reclassify",
            f"/desk/t/{ticket.key}/as-customer/",
            f"/desk/new/?person={cast.users['engineer'].pk}",
            f"/desk/new/?customer={cast.factory.pk}",
        ):
            response = signed_in(cast, "agent").get(url)
            assert response.status_code == 200, url
