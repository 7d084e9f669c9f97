"""What Wagtail asks of this room."""

from typing import Any

from django.http import Http404, HttpRequest
from wagtail import hooks
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.permissions import policy_registry

from portal.media.models import PortalDocument
from portal.media.permissions import may_read


@hooks.register("before_serve_document", order=-10)
def refuse_drafts(document: PortalDocument, request: HttpRequest) -> None:
    """Answer as if there were no such document; whether there is one is nobody else's business."""
    if not may_read(request, document):
        raise Http404


class LibraryOnly:
    """In the admin's interface only what the person may work with in the library.

    Wagtail's own lists every document and picture to whoever may enter the admin, auditors among them.
    """

    def get_queryset(self) -> Any:
        """What the person may choose or change."""
        rows: Any = super().get_queryset()  # type: ignore[misc]
        policy = policy_registry.get_by_type(rows.model)
        actions = ["add", "change", "delete", "choose"]
        may = policy.instances_user_has_any_permission_for(self.request.user, actions)  # type: ignore[attr-defined]
        return rows.filter(pk__in=may.order_by().values("pk"))


class LibraryDocuments(LibraryOnly, DocumentsAdminAPIViewSet):
    """Documents."""


class LibraryImages(LibraryOnly, ImagesAdminAPIViewSet):
    """Pictures."""


@hooks.register("construct_admin_api", order=10)
def narrow_admin_api(router: WagtailAPIRouter) -> None:
    """Take the place of Wagtail's two views."""
    router.register_endpoint("documents", LibraryDocuments)
    router.register_endpoint("images", LibraryImages)
