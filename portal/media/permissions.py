"""Who may read a document of the library.

A document is as visible as the pages that use it: whoever may open one live page with it may read it, signed in or not.
A document that no live page uses is a draft: only those may read it who may change it in the library, or manage pages.
Restrictions of its collection are asked in addition, by Wagtail itself.
"""

from django.http import HttpRequest
from wagtail.models import Page
from wagtail.permissions import policy_registry

from portal.media.models import PortalDocument
from portal.media.references import pages_using
from portal.units.access import access_for
from portal.units.enums import ADMIN_INTERFACE


def may_read(request: HttpRequest, document: PortalDocument) -> bool:
    """Whether whoever asks may read the document now."""
    return works_on_documents(request, document) or is_public_for(request, document)


def works_on_documents(request: HttpRequest, document: PortalDocument) -> bool:
    """People of the Wagtail admin who may choose or change this document there."""
    user = request.user
    if not user.is_authenticated or not (user.is_superuser or access_for(user).has(*ADMIN_INTERFACE)):
        return False
    policy = policy_registry.get_by_type(PortalDocument)
    return bool(policy.user_has_any_permission_for_instance(user, ["add", "change", "delete", "choose"], document))


def is_public_for(request: HttpRequest, document: PortalDocument) -> bool:
    """Whether a live page that the request may open uses the document."""
    return any(_opens(request, page) for page in pages_using([document.pk]).get(document.pk, []))


def _opens(request: HttpRequest, page: Page) -> bool:
    return all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
