"""The page on which a new article is written opens for every kind."""

import pytest
from django.test import Client
from django.urls import reverse

from mespace.knowledge.kinds import ArticleKind
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ArticleKind.values)
def test_the_form_of_every_kind_is_there(cast: Cast, kind: str) -> None:
    client = Client()
    client.force_login(cast.users["agent"])
    answer = client.get(reverse("kb:new"), {"kind": kind})
    assert (answer.status_code, answer.context["form"].kind) == (200, kind)
