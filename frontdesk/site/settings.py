"""Django's settings. What may differ between installations is read from the environment, with safe defaults."""

import os
from pathlib import Path
from typing import Any

from frontdesk.site import environment

PACKAGE = Path(__file__).resolve().parents[1]
FRONTDESK_DATA = environment.data_folder()

# A folder that reaches the desk without this server (a synced or mounted one), for a copy of each downtime pack.
FRONTDESK_DOWNTIME_TO = environment.folder("FRONTDESK_DOWNTIME_TO")

# The record of deeds is sealed under keys the database does not hold; a folder for a copy of the seals' anchor.
AUDIT_KEYS = environment.audit_keys(FRONTDESK_DATA)
FRONTDESK_ANCHOR_TO = environment.folder("FRONTDESK_ANCHOR_TO")

DEBUG = environment.flag("FRONTDESK_DEBUG", default=False)
SECRET_KEY = environment.secret_key(FRONTDESK_DATA)
ALLOWED_HOSTS = environment.listed("FRONTDESK_HOSTS", "localhost,127.0.0.1,[::1]")
# Plain HTTP is for this machine alone: any other host name means the program stands behind TLS.
HTTPS = environment.flag(
    "FRONTDESK_HTTPS", default=not set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]"}
)
if DEBUG and HTTPS:
    msg = "FRONTDESK_DEBUG shows records in error pages; it is for this machine alone (FRONTDESK_HOSTS)."
    raise environment.UnsafeSettings(msg)
if "*" in ALLOWED_HOSTS:
    msg = "FRONTDESK_HOSTS must name the hosts; * is not a name."
    raise environment.UnsafeSettings(msg)

# What seals the few fields that a copy of the database must not tell: (id, 32 bytes), the newest first.
FIELD_KEYS = environment.field_keys(SECRET_KEY, beyond_this_machine=HTTPS)

INSTALLED_APPS = [
    "frontdesk.office.audit",
    "frontdesk.office.jobs",
    "frontdesk.office.accounts",
    "frontdesk.office.keys",
    "frontdesk.office.practice",
    "frontdesk.office.patients",
    "frontdesk.office.scheduling",
    "frontdesk.office.coverage",
    "frontdesk.office.ledger",
    "frontdesk.office.messaging",
    "frontdesk.office.privacy",
    "frontdesk.office.referrals",
    "frontdesk.office.visits",
    "frontdesk.office.payments",
    "frontdesk.office.billing",
    "frontdesk.office.downtime",
    "frontdesk.office.oversight",
    "frontdesk.ui",
    "frontdesk.entrypoints.desk",
    "frontdesk.site",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "frontdesk.entrypoints.desk.middleware.headers",
]
ROOT_URLCONF = "frontdesk.site.urls"
WSGI_APPLICATION = "frontdesk.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "ui" / "templates", PACKAGE / "entrypoints" / "desk" / "templates"],
        "OPTIONS": {"environment": "frontdesk.entrypoints.desk.templating.environment"},
    },
    {
        "NAME": "portal",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "ui" / "templates", PACKAGE / "entrypoints" / "portal" / "templates"],
        "OPTIONS": {"environment": "frontdesk.entrypoints.portal.templating.environment"},
    },
]

# WAL with FULL, because NORMAL loses acknowledged commits in a power cut; IMMEDIATE, because a transaction that
# reads first and writes later would otherwise meet "database is locked".
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; "
        "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;"
    ),
}
DATABASE_URL = environment.database_url(FRONTDESK_DATA)
DATABASES: dict[str, Any] = {"default": environment.database(DATABASE_URL)}
_database = DATABASES["default"]
# A connection is kept from one request to the next: opening one costs more than most requests ask of it.
_database["CONN_MAX_AGE"] = None
if _database["ENGINE"] == "django.db.backends.sqlite3":
    _database["OPTIONS"] = SQLITE_OPTIONS
    # A file, so that tests with several threads and processes meet the same locks as the desk does.
    _database["TEST"] = {"NAME": str(FRONTDESK_DATA / f"test-{os.getpid()}.sqlite3")}
else:
    _database["CONN_HEALTH_CHECKS"] = True
    # Beside what the address asks for (sslmode, sslrootcert).
    _database["OPTIONS"] = {**_database.get("OPTIONS", {}), "server_side_binding": False}

# Where e-mail goes; without it nothing leaves this machine, and messages stay in the outbox.
MAIL = environment.mail()
# The address under which patients reach this program, for the links in messages; empty: messages say whom to call.
PUBLIC_URL = environment.public_url()
# Shared with the carrier that tells of texts that come in; without it nobody may.
TEXTS_SECRET = environment.texts_secret(PUBLIC_URL)

# Who vouches for the practice's people, if it has such a provider (OpenID Connect).
SINGLE_SIGN_ON = environment.single_sign_on()
# How payers are asked whether somebody is covered, by name; empty: they are called.
CONNECTIONS = environment.connections()
# Where cards are charged; None: there is no card tender, and the sheet says so.
CARDS = environment.cards()
# Hosts that may be asked besides those the settings above name, and the inner networks they may be in.
OUTBOUND = environment.outbound()

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS: list[str] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    # How long it must be depends on whether a second factor stands beside it: office/accounts/services/passwords.py.
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "display_name")},
    },
]

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en-us"
USE_I18N = False

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
# However much it is used, a session ends this long after its sign-in (NIST SP 800-63B, AAL2).
SESSION_COOKIE_AGE = FRONTDESK_SESSION_SECONDS = 12 * 60 * 60
# A screen nobody has touched for this long is covered, until the same person opens it; a location may say otherwise.
FRONTDESK_LOCK_MINUTES = environment.whole("FRONTDESK_LOCK_MINUTES", default=10, least=1, most=120)
# The roles that need a second factor, until the practice decides by itself: who administers, exports or refunds.
FRONTDESK_SECOND_FACTOR = environment.listed("FRONTDESK_SECOND_FACTOR", "admin,manager,privacy")
# After this long covered it asks for a whole sign-in; what a live page fetches by itself is no touch.
FRONTDESK_IDLE_MINUTES = environment.whole("FRONTDESK_IDLE_MINUTES", default=60, least=5, most=720)
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "frontdesk.entrypoints.desk.errors.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

# Lines of the log name the route, the row ids and the outcome; never a person, a body or a query string.
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "frontdesk.site.logs.JsonLines"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": environment.one_of("FRONTDESK_LOG_LEVEL", "WARNING", _LEVELS)},
    "loggers": {
        "frontdesk": {"level": environment.one_of("FRONTDESK_LOG_LEVEL", "INFO", _LEVELS)},
        "django.request": {"level": "CRITICAL"},
    },
}
