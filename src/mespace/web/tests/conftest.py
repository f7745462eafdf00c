"""The kit's pages without people: the style guide needs no database and no one signed in."""

from typing import Any

import pytest


@pytest.fixture
def strangers_welcome(settings: Any) -> None:
    """The site's middleware, its content policy included, without the gate that asks everyone to sign in."""
    settings.ROOT_URLCONF = "mespace.web.tests.kit_urls"
    settings.MIDDLEWARE = [
        "mespace.platform.http.headers.StrictHeaders",
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "mespace.platform.http.language.ReaderLanguage",
        "mespace.web.reader_time_zone.ReaderTimeZone",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]
