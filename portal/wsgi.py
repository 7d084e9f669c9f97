"""WSGI entry point: gunicorn portal.wsgi. Refuses to serve an installation whose checks fail."""

import os

from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_wsgi_application()

if faults := [
    message
    for message in run_checks(tags=[Tags.security, Tags.database], databases=["default"])
    if message.is_serious()
]:
    raise ImproperlyConfigured("\n".join(str(message) for message in faults))
