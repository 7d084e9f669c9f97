"""One machine, one command: SQLite, the embedded search engine, demo accounts. Never for a network."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATA_DIR, STORAGES, env

DEBUG = env.bool("PORTAL_DEBUG", default=False)
SECRET_KEY = "development-only-key-never-used-in-production-0123456789"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
PORTAL_DEMO = True
DATA_DIR.mkdir(parents=True, exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
