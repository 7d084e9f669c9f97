"""A real installation: PostgreSQL, Elasticsearch, Redis, HTTPS. Every secret comes from the environment."""

from portal.settings.base import *  # noqa: F403
from portal.settings.base import env

DEBUG = False
SECRET_KEY = env.str("PORTAL_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("PORTAL_SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("PORTAL_ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.list("PORTAL_TRUSTED_ORIGINS", default=[])

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = env.bool("PORTAL_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("PORTAL_HSTS_SECONDS", default=365 * 24 * 60 * 60)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("PORTAL_HSTS_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = env.bool("PORTAL_HSTS_PRELOAD", default=True)

PORTAL_SEARCH_ENGINE = env.str("PORTAL_SEARCH_ENGINE", default="elasticsearch")
