"""What every environment shares.

Everything that differs between two installations is read from environment variables named ``PORTAL_*``;
docs/operations.md lists them. ``portal/ops/checks.py`` says at start-up which of them is missing or wrong, and how
to mend it.
"""

import datetime
from pathlib import Path

import environ
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("PORTAL_DATA_DIR", default=str(BASE_DIR / "var")))

PORTAL_DEMO = False
"""Whether demo accounts may exist. Only the development and test settings say yes."""

INSTALLED_APPS = [
    "django.contrib.staticfiles",  # first: {% static %} looks for it in this list, fifty times a page
    "search",
    "search.learning",
    "search.learning.wishes",
    "search.saving",
    "search.tuning",
    "search.judging",
    "search.previewing",
    "search.state",
    "home",
    "home.policies",
    "home.training",
    "home.campaigns",
    "home.desk",
    "forms.exchange",
    "forms.reporting",
    "forms.reporting.rollups",
    "forms.exchange.exports",
    "forms.exchange.workbook",
    "forms.submissions.bin",
    "forms.exchange.hooks",
    "forms.submissions",
    "forms.submissions.review",
    "forms.submissions.presence",
    "forms.submissions.uploads",
    "forms.collection",
    "forms.collection.reminders",
    "forms.builder",
    "portal.programmes",
    "portal.media",
    "portal.ops",
    "portal.tokens",
    "portal.notifications",
    "portal.calendars",
    "portal.units",
    "portal.accounts",
    "portal.audit",
    "wagtail_modeladmin",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "portal.units.wagtail_users.PortalUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "treebeard",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.forms",
]

MIDDLEWARE = [
    "portal.ops.proxies.ProxiedAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.ops.csp.ContentSecurityMiddleware",
    "portal.audit.middleware.AuditAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.accounts.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.accounts.middleware.LivingSessionMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "portal.accounts.middleware.SecondFactorMiddleware",
    "portal.units.middleware.RolesOfTheDayMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "forms.builder.versions.middleware.RefusedPublishingMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.ops.context.portal",
                "home.context.navigation",
            ],
        },
    },
]
FORM_RENDERER = "portal.ops.inputs.RememberingRenderer"

# --- Database -------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": env.db_url(
        "PORTAL_DATABASE_URL",
        default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}",
    )
}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Writers queue instead of failing: a transaction takes the write lock when it begins, and waits for it.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
elif prepare_after := env.int("PORTAL_PREPARE_AFTER", default=5):
    # PostgreSQL plans a statement each time it runs, unless it is prepared: of short ones planning is the longer part.
    # A pooler that hands the connection to another client after each transaction needs 0: never prepared.
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": prepare_after}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People ---------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "portal.accounts.backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign_in"
WAGTAIL_FRONTEND_LOGIN_URL = "/sign-in/"
WAGTAILADMIN_LOGIN_URL = "accounts:sign_in"

SESSION_ENGINE = "portal.accounts.sessions"
SESSION_COOKIE_AGE = env.int("PORTAL_SESSION_SECONDS", default=2 * 60 * 60)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "portal.accounts.views.too_many"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = datetime.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True

# --- Language and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
TIME_ZONE = "Asia/Shanghai"
WAGTAIL_USER_TIME_ZONES = ["Asia/Shanghai"]
USE_I18N = True
USE_TZ = True

# --- Files ----------------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("PORTAL_STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
PRIVATE_ROOT = DATA_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.ops.static_files.RememberingStorage"},
    # Without addresses: views hand these files out after asking who may see the report.
    "private": {
        "BACKEND": "portal.media.storages.PrivateStorage",
        "OPTIONS": {"location": str(PRIVATE_ROOT), "file_permissions_mode": 0o600},
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 25_000  # the largest table, 1000 rows of 20 columns, and what stands around it
PORTAL_UPLOAD_MAX_BYTES = env.int("PORTAL_UPLOAD_MAX_BYTES", default=20 * 1024 * 1024)

# --- Wagtail --------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "专项行动工作平台"
WAGTAILADMIN_BASE_URL = env.str("PORTAL_BASE_URL", default="http://127.0.0.1:8000")
WAGTAILDOCS_DOCUMENT_MODEL = "media.PortalDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.media.forms.PortalDocumentForm"
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.media.forms.PortalImageForm"
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "txt", "csv", "ofd", "zip"]
WAGTAILIMAGES_IMAGE_MODEL = "media.PortalImage"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_I18N_ENABLED = False
WAGTAIL_ALLOW_UNICODE_SLUGS = True
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- Forms ----------------------------------------------------------------------------------------------------------

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False
PORTAL_API_RATE = env.str("PORTAL_API_RATE", default="120/m")  # requests of programs per token
PORTAL_EXPORT_DAYS = env.int("PORTAL_EXPORT_DAYS", default=7)  # how long files of exports are kept
PORTAL_SUBMIT_RATE = env.str("PORTAL_SUBMIT_RATE", default="30/m")  # sendings of reports per person
PORTAL_AUTOSAVE_RATE = env.str("PORTAL_AUTOSAVE_RATE", default="120/m")  # savings while typing per person

# --- Search ---------------------------------------------------------------------------------------------------------

PORTAL_SEARCH_ENGINE = env.str("PORTAL_SEARCH_ENGINE", default="embedded")
PORTAL_SEARCH_EMBEDDED_PATH = DATA_DIR / "search.sqlite3"
PORTAL_ELASTICSEARCH_URL = env.str("PORTAL_ELASTICSEARCH_URL", default="")
PORTAL_ELASTICSEARCH_PREFIX = env.str("PORTAL_ELASTICSEARCH_PREFIX", default="portal")
PORTAL_ELASTICSEARCH_SHARDS = env.int("PORTAL_ELASTICSEARCH_SHARDS", default=1)
PORTAL_ELASTICSEARCH_REPLICAS = env.int("PORTAL_ELASTICSEARCH_REPLICAS", default=0)
PORTAL_ELASTICSEARCH_INDEX_SETTINGS = env.json("PORTAL_ELASTICSEARCH_INDEX_SETTINGS", default={})  # further ones
PORTAL_SEARCH_CHECK_NIGHTLY = env.bool("PORTAL_SEARCH_CHECK_NIGHTLY", default=True)  # compared with the database
PORTAL_SEARCH_LOG_DAYS = env.int("PORTAL_SEARCH_LOG_DAYS", default=180)  # how long questions are kept

# --- Background work ------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}

# --- Cache and mail -------------------------------------------------------------------------------------------------

PORTAL_REDIS_URL = env.str("PORTAL_REDIS_URL", default="")
CACHES: dict[str, dict[str, object]] = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": PORTAL_REDIS_URL}
        if PORTAL_REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "portal"}
    )
}
EMAIL_CONFIG = env.email_url("PORTAL_EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("PORTAL_EMAIL_FROM", default="webmaster@localhost")
EMAIL_TIMEOUT = 30  # seconds; a mail server that does not answer must not hold up the worker
PORTAL_HOOK_HOSTS = env.list("PORTAL_HOOK_HOSTS", default=[])  # hosts web hooks may reach on this very machine
PORTAL_NOTIFY_WEBHOOK_URL = env.str("PORTAL_NOTIFY_WEBHOOK_URL", default="")
PORTAL_NOTIFY_WEBHOOK_SECRET = env.str("PORTAL_NOTIFY_WEBHOOK_SECRET", default="")

# --- Security -------------------------------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "frame-ancestors": ["'self'"],
        "frame-src": ["'self'"],
        "object-src": ["'none'"],
    }
}
PORTAL_ADMIN_CONTENT_SECURITY = {
    "script-src": ["'self'", "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "worker-src": ["'self'", "blob:"],
}
"""Wagtail's own screens write styles and scripts inline (wagtail#1288); widened there, and only there."""
PORTAL_PROXIES = env.int("PORTAL_PROXIES", default=0)  # own proxies that append to X-Forwarded-For
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("PORTAL_LOG_LEVEL", default="INFO")},
    # These would log every request, write, sign-in and task; what of it matters, the audit log keeps.
    "loggers": {
        name: {"level": "WARNING"}
        for name in ("elastic_transport", "wagtail", "axes", "django_tasks", "django_tasks_db")
    },
}
