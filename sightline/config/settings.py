"""All settings in one place, from the environment; safe by default."""

from __future__ import annotations

import os
from typing import Any

from csp.constants import NONCE, NONE, SELF

from sightline.config.environment import Environment
from sightline.config.mail import read_mail

environment = Environment(os.environ)

DATA_DIR = environment.folder("SIGHTLINE_DATA_DIR", "sightline-data")
SECRET_KEY = environment.secret("SIGHTLINE_SECRET_KEY", DATA_DIR / "secret.key")
DEMONSTRATION = environment.flag("SIGHTLINE_DEMONSTRATION", False)
HTTPS = environment.flag("SIGHTLINE_HTTPS", False)
# The ODS code of the system (the integrated care board) that this house serves; empty for all of England.
HOME_SYSTEM = os.environ.get("SIGHTLINE_SYSTEM", "").strip().upper()
PUBLISHED_FILE_LIMIT = environment.number("SIGHTLINE_FILE_LIMIT_MB", 25, 1, 200) * 1024 * 1024
# Identities are kept on PostgreSQL, whose row-level security guards them beside our own rules; SQLite has none.
ANNEX_ON_SQLITE = environment.flag("SIGHTLINE_ANNEX_ON_SQLITE", DEMONSTRATION)
DEBUG = False
ALLOWED_HOSTS = environment.words("SIGHTLINE_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",  # allauth's session list uses its filters
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "sightline.audit",
    "sightline.web",
    "sightline.rulebook",
    "sightline.directory",
    "sightline.accounts",
    "sightline.notify",
    "sightline.groups",
    "sightline.actions",
    "sightline.indicators",
    "sightline.intelligence",
    "sightline.triangulation",
    "sightline.profiles",
    "sightline.surveillance",
    "sightline.risks",
    "sightline.improvement",
    "sightline.escalation",
    "sightline.meetings",
    "sightline.reports",
    "sightline.publication",
    "sightline.records",
    "sightline.overview",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "sightline.audit.keeping.OneLook",
    "sightline.web.gate.Gate",
]

ROOT_URLCONF = "sightline.config.urls"
WSGI_APPLICATION = "sightline.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_processors = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "sightline.records.views.gone.disposed",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "sightline.web.environment.environment", "context_processors": _processors},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": _processors},
    },
]
FORM_RENDERER = "sightline.web.forms.NHSRenderer"

DATABASES = {"default": environment.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'sightline.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Deferred transactions fail "database is locked" when two of them turn from reading to writing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
    }

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_ADAPTER = "sightline.accounts.adapter.InvitationOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # people are invited by name; nobody signs up
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "login": "sightline.accounts.forms.SignIn",
    "change_password": "sightline.accounts.forms.ChangePassword",
    "reauthenticate": "sightline.accounts.forms.PasswordAgain",
}
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "5/15m/key,20/15m/ip",
    "reauthenticate": "5/15m/user",
    "follow": "10/h/ip",  # addresses given to be told of public key points
}
MFA_ADAPTER = "sightline.accounts.adapter.SecondFactor"
MFA_FORMS = {
    "authenticate": "sightline.accounts.forms.SecondStep",
    "reauthenticate": "sightline.accounts.forms.CodeAgain",
    "activate_totp": "sightline.accounts.forms.SetUpApp",
    "add_webauthn": "sightline.accounts.forms.AddPasskey",
    "edit_webauthn": "sightline.accounts.forms.RenamePasskey",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator vouches for the address
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Sightline"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = False  # it would write to the database at every page that is read
REQUIRE_SECOND_FACTOR = not DEMONSTRATION

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = PUBLISHED_FILE_LIMIT
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]

_mail = read_mail(environment, DATA_DIR, https=HTTPS, hosts=ALLOWED_HOSTS)
EMAIL_BACKEND = _mail.backend
EMAIL_FILE_PATH = _mail.folder
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.security == "starttls", _mail.security == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = _mail.sender
BASE_ADDRESS = _mail.base_address  # where links in letters lead
MAIL_HELD = _mail.held  # why nothing goes out, where nothing does

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "Europe/London"
USE_I18N = False

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS = ["security.W008", "security.W004"] if not HTTPS else []
