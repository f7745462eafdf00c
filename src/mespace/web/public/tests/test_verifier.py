"""The verifier can be had from the product that it checks."""

from django.conf import settings
from django.test import Client


def test_anybody_gets_the_verifier_as_it_is(db: None) -> None:
    answer = Client().get("/verify.py")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == (settings.REPOSITORY / "verifier" / "verify.py").read_bytes()
    assert answer["Content-Disposition"].startswith("attachment")
