"""What editors change in the Wagtail admin with one statement for many files, of which no signal tells."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from portal.media.models import PortalDocument
from search.outbox import note
from search.sources.documents import DocumentSource


@hooks.register("after_bulk_action")
def files_put_into_a_collection(request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any) -> None:
    """Others may read the files there. Wagtail calls this in the transaction of the change."""
    if action_type == "add_to_collection":
        files = [one.pk for one in objects if isinstance(one, PortalDocument)]
        note(DocumentSource.name, files, withdraws=True)
