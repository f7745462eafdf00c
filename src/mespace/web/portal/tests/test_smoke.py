import pytest
from django.test import Client
from tests.cast import WEDNESDAY

pytestmark = pytest.mark.django_db


def test_smoke(cast, client):
    client.force_login(cast.users["engineer"])
    t = cast.file()
    for url in ["/tickets/", "/tickets/new/", f"/t/{t.key}/", f"/t/{t.key}/clock/", f"/t/{t.key}/print/", f"/t/{t.key}/details/", f"/t/{t.key}/news/?seen=0", "/tickets/promise/", "/tickets/palette/?q=принтер", "/worktime/", "/worktime/?op=due&start=2024-12-27T16:30%2B03:00&hours=2", "/worktime/?op=day_end&received=2024-12-27T16:30%2B03:00&days=3"]:
        r = client.get(url)
        print(url, r.status_code, len(r.content))
        assert r.status_code == 200
