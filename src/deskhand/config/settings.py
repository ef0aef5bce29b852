"""All settings; what differs from place to place comes from the environment (``env.py``)."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from deskhand.config import env
from deskhand.kit.logs import configuration

django_stubs_ext.monkeypatch()  # forms and query sets name their model: ModelForm[Ticket]

DEBUG = env.switch("DEBUG", default=False)
SECRET_KEY = env.secret_key()
SITE_URL = env.text("SITE_URL", f"http://localhost:{env.number('PORT', 8000)}").rstrip("/")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", f"localhost,127.0.0.1,[::1],{urlsplit(SITE_URL).hostname}")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "django_vite",
    "template_partials",
    "deskhand.kit.search",
    "deskhand.kit.work",
    "deskhand.kit.ui",
    "deskhand.kit.screens",
    "deskhand.kit.screens.runs",
    "deskhand.kit.screens.imports",
    "deskhand.kit.api",
    "deskhand.base.companies",
    "deskhand.base.contacts",
    "deskhand.base.accounts",
    "deskhand.base.keys",
    "deskhand.base.webhooks",
    "deskhand.base.files",
    "deskhand.base.chatter",
    "deskhand.base.mail",
    "deskhand.base.activities",
    "deskhand.base.notifications",
    "deskhand.support.teams",
    "deskhand.support.tickets",
    "deskhand.support.intake",
    "deskhand.support.closing",
    "deskhand.base.workforce",
    "deskhand.home",
    "deskhand.portal",
    "deskhand.config",
]

MIDDLEWARE = [
    "deskhand.kit.requests.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "deskhand.kit.api.middleware.ApiMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "deskhand.base.accounts.pages.middleware.UserZoneMiddleware",
    "deskhand.base.accounts.pages.middleware.UserLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "deskhand.base.accounts.pages.middleware.SessionUseMiddleware",
    "deskhand.kit.ui.middleware.PartsMiddleware",
    "deskhand.kit.ui.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "deskhand.config.urls"
WSGI_APPLICATION = "deskhand.config.wsgi.application"

_TEMPLATE_FILES = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [env.SOURCE / "config" / "templates"],
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [("deskhand.kit.ui.folding.Loader", _TEMPLATE_FILES)])],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "deskhand.kit.ui.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "deskhand.kit.ui.templatetags.ui"],
        },
    }
]
#: Draws controls by functions instead of templates.
FORM_RENDERER = "deskhand.kit.ui.forms.QuickRenderer"

# ---- database -------------------------------------------------------------------------------------------------------

DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{env.HOME / 'deskhand.sqlite3'}")
#: ``FULL`` outlives a power cut at any moment; the processes that answer 250 to a mail always use it.
SQLITE_SYNCHRONOUS = env.text("SQLITE_SYNCHRONOUS", "NORMAL")


def _database(url: str) -> dict[str, Any]:
    """:raises ImproperlyConfigured: another kind of database, or no address at all. Does not say it: it may hold a
    password."""
    if not url.startswith(("sqlite:", "postgresql:", "postgres:")):
        raise ImproperlyConfigured("DATABASE_URL names no database that is known. Use postgresql://… or sqlite:///….")
    database: dict[str, Any] = dict(dj_database_url.parse(url))
    if "sqlite" in database["ENGINE"]:
        database["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                f"PRAGMA journal_mode=WAL; PRAGMA synchronous={SQLITE_SYNCHRONOUS}; PRAGMA mmap_size=134217728;"
                "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; PRAGMA foreign_keys=ON;"
            ),
        }
        database["CONN_MAX_AGE"] = None
        return database
    database["CONN_HEALTH_CHECKS"] = True
    # The same few hundred statements all day: PostgreSQL plans each once per connection, which halves its work.
    database["OPTIONS"] = (
        {"server_side_binding": True, "prepare_threshold": 5} if env.switch("DATABASE_PREPARE", default=True) else {}
    )
    if pool := env.number("DATABASE_POOL", 0):
        database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool, "timeout": 5}
    else:
        # One connection per thread, which lasts: cheaper than a pool, and a database that is away is known at once.
        database["OPTIONS"]["connect_timeout"] = 5
        database["CONN_MAX_AGE"] = None
    return database


DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ---- people ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["deskhand.base.accounts.pages.backend.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "deskhand.base.accounts.pages.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
#: Whoever asks for a new password by an address that nobody signs in with: no mail goes to strangers.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
#: Of one address; wrong passwords are counted besides, and more strictly.
SIGN_INS_PER_MINUTE = env.number("SIGN_INS_PER_MINUTE", 30)
ACCOUNT_RATE_LIMITS = {"login": f"{SIGN_INS_PER_MINUTE}/m/ip"}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
MFA_ADAPTER = "deskhand.base.accounts.pages.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
#: Clocks of phones are seldom right to the half minute.
MFA_TOTP_TOLERANCE = 1
#: An address was shown to be theirs by the invitation, or by the administrator who typed it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
SOCIALACCOUNT_ADAPTER = "deskhand.base.accounts.pages.identity.IdentityAdapter"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_STORE_TOKENS = False
#: Nobody waits longer than this for a provider, in seconds.
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
#: Who signed in, and who changed whose rights, can be looked up this long, in days.
AUDIT_DAYS = env.number("AUDIT_DAYS", 365)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
SESSION_ENGINE = "deskhand.base.accounts.backends"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

# ---- words, time ----------------------------------------------------------------------------------------------------

#: Each in its own words: who reads a page in a language that they do not speak finds theirs.
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
#: Of who has said nothing, and of what Deskhand writes by itself.
LANGUAGE_CODE = env.choice("DEFAULT_LANGUAGE", *dict(LANGUAGES))
LOCALE_PATHS = [env.SOURCE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# ---- files ----------------------------------------------------------------------------------------------------------

MEDIA_ROOT = env.HOME / "files"
STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(env.HOME / "static"))
STATICFILES_DIRS = [env.SOURCE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DJANGO_VITE = {
    "default": {
        "dev_mode": env.switch("VITE_DEV", default=False),
        "manifest_path": env.SOURCE / "static" / "build" / "manifest.json",
        "static_url_prefix": "build",
    }
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_IMMUTABLE_FILE_TEST = r"/build/assets/.+-[\w-]{8}\."
#: An icon that does not exist: an error where people work on Deskhand, a gap and a log line where it is used.
STRICT_ICONS = env.switch("STRICT_ICONS", default=DEBUG)
MAX_UPLOAD_BYTES = env.number("MAX_UPLOAD_MB", 25) * 1_000_000
#: A request with all its files.
MAX_REQUEST_BYTES = 10 * MAX_UPLOAD_BYTES
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000

# ---- mail -----------------------------------------------------------------------------------------------------------

#: ``smtp://user:password@host:587/?tls=1`` (``smtps://`` for TLS from the start). Empty: mails are written to files.
SMTP_URL = env.text("SMTP_URL")
MAIL_LISTEN_HOST = env.text("MAIL_LISTEN_HOST", "127.0.0.1")
MAIL_LISTEN_PORT = env.number("MAIL_LISTEN_PORT", 2525)
MAX_MAIL_BYTES = env.number("MAX_MAIL_MB", 35) * 1_000_000
#: More mails than this from one sender in an hour: a machine. They are kept and answer nothing (IN-5).
MAX_MAILS_PER_SENDER_HOUR = env.number("MAX_MAILS_PER_SENDER_HOUR", 60)
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", "Deskhand <helpdesk@localhost>")
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]
#: What Django itself writes goes to the outbox; the worker empties it by ``MAIL_TRANSPORT``.
EMAIL_BACKEND = "deskhand.base.mail.backends.OutboxBackend"
if SMTP_URL:
    _smtp = urlsplit(SMTP_URL)
    MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _smtp.hostname or "localhost"
    EMAIL_USE_SSL = _smtp.scheme == "smtps"
    EMAIL_USE_TLS = "tls=1" in _smtp.query and not EMAIL_USE_SSL
    EMAIL_PORT = _smtp.port or (465 if EMAIL_USE_SSL else 25)
    EMAIL_HOST_USER = unquote(_smtp.username or "")
    EMAIL_HOST_PASSWORD = unquote(_smtp.password or "")
    EMAIL_TIMEOUT = 20
else:
    MAIL_TRANSPORT = "deskhand.base.mail.backends.FilesBackend"
    EMAIL_FILE_PATH = str(env.HOME / "sent-mails")
#: A personal ticket link works this long, in days.
TICKET_LINK_DAYS = env.number("TICKET_LINK_DAYS", 365)

# ---- live, background -----------------------------------------------------------------------------------------------

REDIS_URL = env.text("REDIS_URL")
#: For counting what the public does (rate limits); one web process needs no shared one.
CACHES = {
    "default": {
        "BACKEND": "deskhand.kit.limits.CountingCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}
LIVE_SOCKET = env.HOME / "live.sock"
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
QUEUE_FILE = env.HOME / "queue.sqlite3"
WORKER_THREADS = env.number("WORKER_THREADS", 2)
#: Of one API key, or of one person on pages.
API_CALLS_PER_MINUTE = env.number("API_CALLS_PER_MINUTE", 600)
#: Networks besides the web that webhooks may reach, such as ``10.1.0.0/16``: who sets it trusts who makes webhooks.
WEBHOOK_NETWORKS = env.words("WEBHOOK_NETWORKS")
#: Of one address without a valid key: enough to see that a key is wrong, too few to look for one.
API_STRANGERS_PER_MINUTE = env.number("API_STRANGERS_PER_MINUTE", 60)

# ---- security -------------------------------------------------------------------------------------------------------

HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = False  # the proxy in front does that
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.switch("BEHIND_PROXY", default=False) else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_COOKIE_HTTPONLY = False
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "frame-src": [SELF],
        "manifest-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
#: The redirect is the proxy's, and what the company's other subdomains do is not ours to say (W005, W021).
SILENCED_SYSTEM_CHECKS = (
    ["security.W005", "security.W008", "security.W021"]
    if HTTPS
    else ["security.W004", "security.W008", "security.W012", "security.W016"]
)

LOG_FORMAT = env.choice("LOG_FORMAT", "lines", "json")
LOGGING = configuration(
    level=env.text("LOG_LEVEL", "INFO"),
    as_json=LOG_FORMAT == "json",
    shows_requests=env.switch("LOG_REQUESTS", default=LOG_FORMAT == "json"),
)
#: Who sends it may read /metrics; empty: nothing is counted, and there is no such page.
METRICS_TOKEN = env.text("METRICS_TOKEN")
