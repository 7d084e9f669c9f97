"""What the tests run with; which database and search engine is chosen by environment variables."""

import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES, STORAGES, env

DEBUG = False
SECRET_KEY = "test-only-key-0123456789-abcdefghijklmnopqrstuvwxyz-0123456789"  # noqa: S105
ALLOWED_HOSTS = ["*"]
PORTAL_DEMO = True

_temporary = tempfile.TemporaryDirectory(prefix="portal-tests-")  # removed when the process ends
DATA_DIR = Path(env.str("PORTAL_TEST_DATA_DIR", default="") or _temporary.name)
MEDIA_ROOT = DATA_DIR / "media"
PRIVATE_ROOT = DATA_DIR / "private"
STATIC_ROOT = DATA_DIR / "static"
PORTAL_SEARCH_EMBEDDED_PATH = DATA_DIR / "search.sqlite3"
STORAGES["private"]["OPTIONS"]["location"] = str(PRIVATE_ROOT)  # type: ignore[index]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# On PostgreSQL the test database begins as a copy of this one, on which the migrations have been run.
DATABASES["default"]["TEST"] = {"TEMPLATE": env.str("PORTAL_TEST_TEMPLATE", default="") or None}

PORTAL_SEARCH_CHECK_NIGHTLY = False  # what a test finds must not depend on the hour

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
