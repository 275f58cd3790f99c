"""Settings of the workspace, from the environment; `standwith doctor` explains each.

STANDWITH_HOME: the folder of keys and database. STANDWITH_DATABASE: postgresql://... instead of
SQLite; STANDWITH_DATABASE_FILE: a file that holds such an address. STANDWITH_HOSTS: host names,
separated by commas. STANDWITH_HTTPS: 1 behind TLS. STANDWITH_BREACHED: a file of SHA-1 hashes of
breached passwords, sorted, which nobody may choose.
"""

from __future__ import annotations

import os
from pathlib import Path

from standwith.services.address import database
from standwith.services.keys import NAME, read_keys

DATA = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
STANDWITH_HOME = Path(os.environ.get("STANDWITH_HOME") or Path(DATA) / "standwith")
SECRET_KEY = read_keys(STANDWITH_HOME).secret if (STANDWITH_HOME / NAME).exists() else ""
STANDWITH_BREACHED = os.environ.get("STANDWITH_BREACHED") or ""
HTTPS = os.environ.get("STANDWITH_HTTPS") == "1"
DEBUG = False
ALLOWED_HOSTS = [
    host.strip()
    for host in (os.environ.get("STANDWITH_HOSTS") or "localhost,127.0.0.1,[::1]").split(",")
]


ADDRESS_FILE = os.environ.get("STANDWITH_DATABASE_FILE")
ADDRESS = Path(ADDRESS_FILE).read_text("utf-8").strip() if ADDRESS_FILE else ""
ADDRESS = os.environ.get("STANDWITH_DATABASE") or ADDRESS
DATABASES = {"default": database(ADDRESS, STANDWITH_HOME)}
INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "standwith.store.apps.StoreConfig",
]
MIDDLEWARE = [
    "standwith.web.middleware.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "standwith.web.middleware.faults.Faults",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "standwith.web.middleware.language.ReaderLanguage",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "standwith.web.middleware.signed.SignedIn",
    "standwith.web.middleware.pace.Pace",
]
ROOT_URLCONF = "standwith.web.urls"
WSGI_APPLICATION = "standwith.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "standwith.web.frame.frame",
            ],
            "builtins": ["standwith.web.tags"],
        },
    },
]
FORM_RENDERER = "standwith.web.fields.Renderer"
PASSWORD_HASHERS = ["standwith.services.password.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 14},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("ar", "العربية"),
    ("my", "မြန်မာ"),
]
LOCALE_PATHS = [Path(__file__).parent / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

SESSION_COOKIE_NAME = "__Host-standwith" if HTTPS else "standwith"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "standwith.web.views.faults.stale_form"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^api/"]  # a program is refused, so that its fault is noticed
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not no-referrer: browsers then send forms with the origin null, which the check of forged
# requests must refuse. Other sites are told nothing by either.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_MAX_MEMORY_SIZE = 8_500_000  # a list of prisoners; larger ones come in by the host
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]

REQUEST_PACE = (400.0, 8.0)  # requests at once, and in each second after

STATIC_URL = "static/"
STATICFILES_DIRS = [Path(__file__).parent / "static"]
STATIC_ROOT = STANDWITH_HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
SILENCED_SYSTEM_CHECKS = (
    [] if HTTPS else ["security.W004", "security.W008", "security.W012", "security.W016"]
)
LOGGING_CONFIG = "standwith.web.logs.configure"
LOGGING: dict[str, object] = {}
