"""Settings: one file, every deployment difference read from the environment.

QMS_DATA        folder of database, files, index and key (default `var/`)
DATABASE_URL    PostgreSQL when set; SQLite in QMS_DATA otherwise
QMS_SECRET_KEY  signing key; otherwise `QMS_DATA/secret_key`, which the first start writes
QMS_HOSTS       names this server answers to, comma-separated
QMS_HTTPS       1 behind TLS: secure cookies, HSTS, redirect to https
QMS_MAIL_URL    smtp://user:password@host:587?tls=1 or smtps://…; without it nothing is mailed
QMS_MAIL_FROM   the address mail comes from
QMS_DEBUG       1 only on a developer's machine
"""

import contextlib
import os
import secrets
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("QMS_DATA", BASE_DIR / "var")).resolve()
SHORTEST_KEY = 50


def _secret_key() -> str:
    """The key from the environment, else from its file, which the first start writes.

    A short one stops the start: a key that somebody typed is no key.
    """
    key = os.environ.get("QMS_SECRET_KEY") or _kept_key(DATA_DIR / "secret_key")
    if len(key) < SHORTEST_KEY:
        raise ImproperlyConfigured(
            f"The signing key needs at least {SHORTEST_KEY} characters: set QMS_SECRET_KEY to a "
            f"longer one, or leave it out and remove {DATA_DIR / 'secret_key'}."
        )
    return key


def _kept_key(file: Path) -> str:
    """This installation's own random key, readable by its owner only; of two at once one wins."""
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, beside = tempfile.mkstemp(dir=file.parent, prefix=".key-")  # mode 0600
        with os.fdopen(descriptor, "w", encoding="utf-8") as out:
            out.write(secrets.token_urlsafe(60))
        with contextlib.suppress(FileExistsError):
            os.link(beside, file)
        Path(beside).unlink()
    return file.read_text(encoding="utf-8").strip()


SECRET_KEY = _secret_key()
DEBUG = os.environ.get("QMS_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("QMS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "guardian",
    "qms.kernel",
    "qms.agencies",
    "qms.standards",
    "qms.web",
    "qms.trail",
    "qms.notices",
    "qms.search",
    "qms.sheets",
    "qms.paper",
    "qms.vault",
    "qms.word",
    "documents",
    "qms.library",
    "qms.news",
    "qms.coverage",
    "qms.announcements",
    "qms.enrolment",
    "qms.restructuring",
    "audits",
    "qms.home",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "qms.web.middleware.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qms.web.middleware.LanguageMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "qms.web.middleware.CacheMiddleware",
    "qms.web.middleware.RefusalMiddleware",
]
ROOT_URLCONF = "qms.urls"
WSGI_APPLICATION = "qms.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "qms.home.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "qms.trail.templatetags.trail",
                "qms.web.templatetags.qms",
            ],
        },
    }
]
FORM_RENDERER = "qms.web.forms.Renderer"

SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA_DIR / "qms.sqlite3",
    # Records: a committed transaction survives a power cut (FULL); writers queue, not fail.
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    },
}
DATABASES = {
    "default": (
        dj_database_url.config(conn_max_age=60, conn_health_checks=True)
        if os.environ.get("DATABASE_URL")
        else SQLITE
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "web:session-log-in"
LOGIN_REDIRECT_URL = "home:inbox-show"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "qms.web.storage.StaticFiles"},
}
# Printed on paper, so that a copy leads back here; without a slash at the end.
SITE_URL = os.environ.get("QMS_SITE_URL", "http://127.0.0.1:8000").rstrip("/")

MAILS = bool(os.environ.get("QMS_MAIL_URL"))
if MAILS:
    _mail = urlsplit(os.environ["QMS_MAIL_URL"])
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or (465 if _mail.scheme == "smtps" else 25)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
        unquote(_mail.username or ""),
        unquote(_mail.password or ""),
    )
    EMAIL_USE_SSL, EMAIL_USE_TLS = _mail.scheme == "smtps", "tls=1" in _mail.query
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("QMS_MAIL_FROM", "qms@localhost")
FILES_DIR = DATA_DIR / "files"
INDEX_DIR = DATA_DIR / "index"
UPLOAD_LIMIT = 20 * 1024 * 1024
# A ZIP of procedures, what it may hold unpacked, and what the body of any other request may be.
ARCHIVE_LIMIT = 500 * 1024 * 1024
ARCHIVE_UNPACKED_LIMIT = 2 * 1024 * 1024 * 1024
BODY_LIMIT = UPLOAD_LIMIT + 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# An agency hands in all its procedures at once.
DATA_UPLOAD_MAX_NUMBER_FILES = 500

# Everything a page may load is ours; scripts and styles are files, never inline.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
        "worker-src": [SELF],
    }
}
HTTPS = os.environ.get("QMS_HTTPS") == "1"
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "qms.web.views.errors.csrf_failure"
