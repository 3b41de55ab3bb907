"""Settings: a city chooses with environment variables; the defaults run the embedded demo city."""

import os
import secrets
from pathlib import Path

import dj_database_url
from csp.constants import NONCE, SELF

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("ONEWINDOW_DATA_DIR", PACKAGE.parent / "var"))
DATA_DIR.mkdir(parents=True, exist_ok=True)

PRODUCTION = os.environ.get("ONEWINDOW_MODE", "demo") == "production"
DEMO = not PRODUCTION
DEBUG = False
CITY_NAME = os.environ.get("ONEWINDOW_CITY", "天津市")


def secret_from_file(name: str) -> str:
    """A secret made at first start and kept outside the code; each edition has its own."""
    path = DATA_DIR / "keys" / name
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text()


SECRET_KEY = secret_from_file("django")
# Sealing key and blind-index key of people's ID numbers, phones and accounts (kernel/people/sealed.py).
SEALING_KEY = secret_from_file("sealing")
ALLOWED_HOSTS = os.environ.get("ONEWINDOW_HOSTS", "localhost,127.0.0.1,testserver").split(",")
PUBLIC_URL = os.environ.get("ONEWINDOW_PUBLIC_URL", "http://localhost:8000")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# Under which address banks and departments reach us; what they sign names it (docs/exchange.md).
EXCHANGE_URL = os.environ.get("ONEWINDOW_EXCHANGE_URL", PUBLIC_URL)
EXCHANGE_KEY_ID = os.environ.get("ONEWINDOW_EXCHANGE_KEY", "onewindow-1")

INSTALLED_APPS = [
    # First: its templates win over libraries', and its plain words are set before any form is declared.
    "onewindow.web.ui",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "ninja",
    "onewindow.kernel.places",
    "onewindow.kernel.audit",
    "onewindow.kernel.outbox",
    "onewindow.kernel.calendar",
    "onewindow.kernel.people",
    "onewindow.kernel.staff",
    "onewindow.kernel.papers",
    "onewindow.kernel.cases",
    "onewindow.kernel.grants",
    "onewindow.kernel.reception",
    "onewindow.exchange",
    "onewindow.fields.assistance",
    "onewindow.fields.finding",
    "onewindow.fields.policy",
    "onewindow.fields.marriage",
    "onewindow.fields.funerals",
    "onewindow.fields.organisations",
    "onewindow.fields.adoption",
    "onewindow.fields.other",
    "onewindow.web.public",
    "onewindow.web.desk",
    "onewindow.project",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "onewindow.project.middleware.clean_request",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "onewindow.project.middleware.who_is_asking",
    "onewindow.project.middleware.AnswerRefusals",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "onewindow.project.urls"
WSGI_APPLICATION = "onewindow.project.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
# After web.ui, whose field templates come first.
INSTALLED_APPS.append("django.forms")

DATABASES = {
    "default": dj_database_url.config(
        env="DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'city.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # FULL, not NORMAL: WAL with NORMAL loses acknowledged commits at a power cut (measured, docs/decisions).
    # recursive_triggers closes the INSERT OR REPLACE door past the append-only triggers.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {
        "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ATOMIC_REQUESTS = False

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# All windows of a service hall share one address: never lock by address alone.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1
SOCIALACCOUNT_ADAPTER = "onewindow.project.oidc.CityIdentity"
SOCIALACCOUNT_ONLY = True
OIDC_SERVER = os.environ.get("ONEWINDOW_OIDC_SERVER", "")
OIDC_ID_NUMBER_CLAIM = os.environ.get("ONEWINDOW_OIDC_ID_CLAIM", "id_number")
if OIDC_SERVER:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "city",
                    "name": "统一身份认证",
                    "client_id": os.environ["ONEWINDOW_OIDC_CLIENT"],
                    "secret": os.environ["ONEWINDOW_OIDC_SECRET"],
                    "settings": {"server_url": OIDC_SERVER},
                }
            ]
        }
    }
ACCOUNT_EMAIL_VERIFICATION = "none"
LOGIN_URL = "/login"
LOGIN_REDIRECT_URL = "/"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
IDLE_SECONDS = 15 * 60

if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31536000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF],
    }
}
# Full TTFs that the front-end build copies; a city that needs rarer characters adds a directory, parted by ":".
LETTER_FONT_DIRS = os.environ.get(
    "ONEWINDOW_LETTER_FONTS", str(PACKAGE / "web" / "ui" / "static" / "vendor" / "fonts" / "ttf")
).split(":")
# "host:port" or the socket's path of clamd. Empty: files are checked and re-encoded, but not scanned for viruses.
PAPER_SCANNER = os.environ.get("ONEWINDOW_CLAMD", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20

# How often a process looks whether another standard was approved; None: only when it is told.
LAW_SECONDS: float | None = 2

# Nothing is spent on a benefit without a fund; a city that keeps its budget elsewhere says so (docs/decisions/0017).
FUND_REQUIRED = os.environ.get("ONEWINDOW_SPEND_WITHOUT_FUND", "") != "1"

SMS_GATEWAY = os.environ.get("ONEWINDOW_SMS_GATEWAY", "")
SMS_TOKEN = os.environ.get("ONEWINDOW_SMS_TOKEN", "")

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
FORMAT_MODULE_PATH = ["onewindow.web.ui.formats"]
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "papers"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
        "onewindow": {"handlers": ["console"], "level": "INFO"},
    },
}
