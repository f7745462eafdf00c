"""Settings of the test process: fast, and with a clock that can be stepped. The database is set by conftest.py."""

import os
import secrets

os.environ.setdefault("MESPACE_SECRET_KEY", secrets.token_urlsafe(48))

from mespace.settings import *  # noqa: F403
from mespace.settings import ALLOWED_HOSTS, DATABASES, REPOSITORY
from mespace.settings.logs import logging

SECRET_KEY = os.environ["MESPACE_SECRET_KEY"]
CLOCK_CAN_BE_STEPPED = True
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
DATABASES["default"]["CONN_MAX_AGE"] = 0
LOGGING = logging("WARNING", as_json=False)
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATA = REPOSITORY / "var" / "test-data" / str(os.getpid())
FILES = MEDIA_ROOT = DATA / "files"
MAIL_FOLDER = DATA / "mail"
STATIC_ROOT = DATA / "static"
RATE_LIMIT_FACTOR = 10_000  # tests write faster than people; those about the pace set it to 1
STAFF_MFA = False  # tests of it turn it on
