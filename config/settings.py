"""Settings of Second Voice, one file.

Development needs no environment at all. ``ENVIRONMENT=production`` refuses to start
without SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL.
"""

import os
from pathlib import Path
from typing import Any

from django.utils.csp import CSP

from config.embedded_postgres import DATABASE, PORT, ROLE, socket_folder
from config.environment import (
    allowed_hosts,
    database_from_url,
    development_secret,
    env,
    is_on,
    is_production,
    origin_of,
    port_of,
    security_contact,
    sender,
    site_origin,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

PRODUCTION = is_production()
DEBUG = os.environ.get("DEBUG") == "1" and not PRODUCTION

if PRODUCTION:
    SECRET_KEY = env("SECRET_KEY", "a random text of at least 50 characters")
    ALLOWED_HOSTS = allowed_hosts()
    env("DATABASE_URL", "postgresql://user:password@host:port/name")
else:
    SECRET_KEY = os.environ.get("SECRET_KEY") or development_secret(
        VAR_DIR / "secret-key"
    )
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

# Applications ---------------------------------------------------------------

INSTALLED_APPS = [
    "config.apps.SiteConfig",
    "articles",
    "directory",
    "markdownx",
    "config.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.compression.TextGZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "config.lasting_answers.LastingAnswersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.slow_queries.SlowQueryMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

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
                "config.context_processors.site",
            ],
        },
    },
]

# Database -------------------------------------------------------------------

# Without DATABASE_URL the settings only name the embedded server's socket; manage.py
# and the tests start it.
EMBEDDED_POSTGRES = not os.environ.get("DATABASE_URL")

_database: dict[str, Any] = (
    {
        "NAME": DATABASE,
        "USER": ROLE,
        "HOST": str(socket_folder(VAR_DIR)),
        "PORT": PORT,
        "OPTIONS": {},
    }
    if EMBEDDED_POSTGRES
    else database_from_url(os.environ["DATABASE_URL"])
)
# A host that vanishes closes nothing: without these, TCP would wait for hours for what
# a statement answers, and a quarter of an hour for word that it arrived. libpq's, in
# seconds and milliseconds; DATABASE_URL may say otherwise.
_database["OPTIONS"] = {
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "prepare_threshold": 0,  # for what asks for it: directory/sql.py
    **_database["OPTIONS"],
}
# 2 workers x 8 is far below PostgreSQL's 100 connections, whatever the number of
# threads: a thread that waits for a slow reader holds no connection.
_database["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "CONN_HEALTH_CHECKS": True,
        **_database,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Language and time ----------------------------------------------------------

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# Static files ---------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "config.static_files.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Only pictures are uploaded. They are read whole, so none needs the temporary folder,
# which may be full; what is larger is read past and dropped.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 13 * 1024 * 1024  # articles.images takes 12, no more
STORAGES = {
    "default": {"BACKEND": "articles.whole_files.WholeFiles"},
    "staticfiles": {"BACKEND": "config.static_files.StaticStorage"},
}

# Security -------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-src": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}
# Where to report a weakness, for security.txt: mailto:… or https://…
SECURITY_CONTACT = security_contact()
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
# Whoever logs in decides what patients read; Django itself would take "1".
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
CSRF_FAILURE_VIEW = "articles.not_taken.refuse_without_token"

if PRODUCTION:
    # Whether a request came by HTTPS is gunicorn's to say: it believes
    # X-Forwarded-Proto from FORWARDED_ALLOW_IPS (this machine) and nobody else.
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Logging --------------------------------------------------------------------

# What went wrong, on standard error. No addresses of readers and no query strings:
# Django's own messages name the path alone, and gunicorn's access log is off.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    },
    "filters": {
        "no_review_links": {"()": "config.log_filters.HideReviewLinks"},
        "no_traceback": {"()": "config.log_filters.HideTraceback"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "filters": ["no_review_links"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        # a page that is not there is no event, and its address is the reader's affair
        "django.request": {"level": "ERROR"},
        "django.security.csrf": {"level": "ERROR"},
        # whoever tries all machines asks for another host: a line is enough
        "django.security.DisallowedHost": {"filters": ["no_traceback"]},
        # the body of an answer to HEAD is gunicorn's to drop, and it says so each time
        "gunicorn.http.wsgi": {"level": "ERROR"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}

# Mail -----------------------------------------------------------------------

# Development prints its mail; production hands it to the machine's own mail server, or
# to EMAIL_HOST.
MAILERS: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "config.printed_mail.PrintedMail"}
}
if PRODUCTION:
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": os.environ.get("EMAIL_HOST", "").strip() or "localhost",
            "port": port_of("EMAIL_PORT", 25),
            "username": os.environ.get("EMAIL_HOST_USER", ""),
            "password": os.environ.get("EMAIL_HOST_PASSWORD", ""),
            "use_tls": is_on("EMAIL_USE_TLS"),
            "timeout": 10,
        },
    }
# Who writes to reviewers; a mail server may refuse what has no address of its own.
DEFAULT_FROM_EMAIL = sender()
# Where links in mail lead: what is given, else where a request came in. Where none
# asked, it is the first host.
GIVEN_ORIGIN = site_origin()
SITE_ORIGIN = GIVEN_ORIGIN or (
    origin_of(ALLOWED_HOSTS) if PRODUCTION else "http://127.0.0.1:8000"
)

# Markdown -------------------------------------------------------------------

MARKDOWNX_MARKDOWNIFY_FUNCTION = "articles.preview.markdownify"

# Content rules --------------------------------------------------------------

# Ids of rules that this site does without, with commas: "passive,vague-risk".
CONTENT_RULES_OFF = frozenset(
    rule.strip()
    for rule in os.environ.get("CONTENT_RULES_OFF", "").split(",")
    if rule.strip()
)
