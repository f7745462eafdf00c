"""Django settings, read once from the environment; every value has a safe default and junk is refused by name."""

from pathlib import Path

from mespace.platform.environment import Environment
from mespace.platform.folders import REPOSITORY as REPOSITORY
from mespace.settings.database import database
from mespace.settings.logs import logging
from mespace.settings.sign_in import *  # noqa: F403 - a part of this module, kept apart for its reader

env = Environment.read()

BASE_DIR = Path(__file__).resolve().parents[1]
DATA = env.data
FILES = DATA / "files"

DEBUG = False
SECRET_KEY = env.secret_key
ALLOWED_HOSTS = env.hosts
BASE_URL = env.base_url
DEMO = env.demo
STAFF_MFA = env.staff_mfa
OIDC_PROVIDERS = {provider.key: provider for provider in env.oidc}
CLOCK_CAN_BE_STEPPED = False
EMERGENCY_PHONE = env.emergency_phone
RATE_LIMIT_FACTOR = env.rate_limit_factor
MAX_FILE_BYTES = env.max_file_mib * 1024 * 1024

INSTALLED_APPS = [
    "mespace.platform",
    "mespace.accounts",
    "mespace.ledger",
    "mespace.regulation",
    "mespace.obligations",
    "mespace.products",
    "mespace.customers",
    "mespace.knowledge",
    "mespace.announcements",
    "mespace.tickets",
    "mespace.notifications",
    "mespace.mail_in",
    "mespace.web",
    "mespace.web.account",
    "mespace.web.acts",
    "mespace.web.announcements",
    "mespace.web.audit",
    "mespace.web.desk",
    "mespace.web.calendars",
    "mespace.web.duty",
    "mespace.web.ledger",
    "mespace.web.oversight",
    "mespace.web.regulation",
    "mespace.web.reports",
    "mespace.web.manage",
    "mespace.web.portal",
    "mespace.web.notices",
    "mespace.web.public",
    "mespace.web.inbound",
    "mespace.web.software",
    "mespace.web.knowledge",
    "mespace.web.status",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "mespace.platform.http.request_id.RequestId",
    "django.middleware.security.SecurityMiddleware",
    "mespace.platform.http.headers.StrictHeaders",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "mespace.platform.http.unavailable.Unavailable",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mespace.platform.http.health.Health",
    "mespace.web.status.early.StatusFirst",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mespace.platform.audit_context.AuditContext",
    "mespace.web.middleware.RequestActor",
    "mespace.platform.http.language.ReaderLanguage",
    "mespace.web.reader_time_zone.ReaderTimeZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "mespace.web.bounds.Bounds",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "mespace.web.account.staff_gate.StaffSecondFactor",
    "mespace.web.gate.SignInGate",
    "mespace.web.once.FormsOnce",
]

# What follows is a secret token: it stands in no log.
SECRET_PATHS = ("/account/link/", "/mail/off/", "/status/calendar/")

ROOT_URLCONF = "mespace.web.urls"
FORM_RENDERER = "mespace.web.forms.KitRenderer"
CSRF_FAILURE_VIEW = "mespace.web.errors.csrf_failure"
WSGI_APPLICATION = "mespace.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("mespace.platform.folding.loader.Loader", ["django.template.loaders.app_directories.Loader"])],
            "builtins": ["mespace.platform.folding.url", "mespace.web.templatetags.form_tokens"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mespace.web.account.menu.person_menu",
                "mespace.web.portal.nav.customer_nav",
                "mespace.web.staff_shell.staff_nav",
                "mespace.web.notices.bell.bell_on_page",
                "mespace.web.announcements.board.notice_banner",
            ],
            # Django's own tags, which keep what is the same each time.
            "libraries": {"i18n": "mespace.platform.folding.i18n", "static": "mespace.platform.folding.static"},
        },
    },
]

DATABASES = {"default": database(env)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits are counted here, for all processes together; the default of 300 entries would cull live counters.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

USE_TZ = True
TIME_ZONE = "Europe/Moscow"
LANGUAGE_CODE = "ru"
LANGUAGES = [("ru", "Русский"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.ManifestStaticFilesStorage"},
}
MEDIA_ROOT = FILES
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = None
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_ENGINE = "mespace.platform.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ALLAUTH_TRUSTED_PROXY_COUNT = env.trusted_proxies
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not env.behind_tls  # browsers allow it on localhost only
if env.behind_tls:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz/(files/)?$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https"
# Preloading into browsers concerns a whole domain: it is its holder's decision, not ours.
# Django's i18n and static tags are replaced by ours of the same names on purpose.
SILENCED_SYSTEM_CHECKS = ["security.W021", "templates.W003"]

DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.mail_from
MAIL_REPLY_ADDRESS = env.mail_reply_address
MAIL_DIRECT_DOMAINS = env.mail_direct_domains
MAIL_AUTHSERV_ID = env.mail_authserv_id
MAIL_SIGNED_RETURN_PATH = env.mail_signed_return_path
MAX_MAIL_BYTES = env.max_mail_mib * 1024 * 1024
IMAP = env.imap
EMAIL_TIMEOUT = 20
MAIL_IS_SET = env.smtp is not None
if env.smtp:
    EMAIL_HOST, EMAIL_PORT = env.smtp.host, env.smtp.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.smtp.user, env.smtp.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = env.smtp.use_tls, env.smtp.use_ssl
else:
    EMAIL_BACKEND = "mespace.platform.mail_folder.FolderBackend"
MAIL_FOLDER = DATA / "mail"

PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")
PGHISTORY_APPEND_ONLY = True

LOGGING = logging(env.log_level, as_json=env.behind_tls)
