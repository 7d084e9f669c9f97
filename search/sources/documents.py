"""Files that pages use: found by whoever may open one of the pages."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from wagtail.models import BaseViewRestriction, CollectionViewRestriction, Page

from home.querysets import audience_tokens, restrictions, viewable
from portal.media.models import PortalDocument
from portal.media.references import pages_using
from portal.units.access import INSIDER, PUBLIC, covers, role_token
from portal.units.enums import Role
from search.documents import SearchDocument, object_id
from search.kinds import ATTACHMENT
from search.parts import parts_of_file, with_parts
from search.sources.base import Thing

if TYPE_CHECKING:
    from portal.accounts.models import User

SIGNED_IN = frozenset({INSIDER, *(role_token(role) for role in Role)})


class DocumentSource:
    """Documents of the library that a live page uses."""

    name, model = "document", PortalDocument

    def all_pks(self) -> Iterable[Any]:
        """All documents; those that no live page uses have nobody to find them."""
        return PortalDocument.objects.order_by("pk").values_list("pk", flat=True).iterator()

    def documents(self, pks: Collection[str]) -> Iterator[SearchDocument]:
        """One document a file, with the page it was found through first."""
        pages, on_pages, on_collections = pages_using(pks), restrictions(), _restrictions()
        for file in PortalDocument.objects.filter(pk__in=pks).select_related("collection"):
            users = [(page, audience_tokens(page, on_pages)) for page in pages.get(file.pk, [])]
            audience = _audience(_asked(file.collection.path, on_collections), users)
            if not audience:
                continue
            # A page that only some may open must not be named to the others.
            parent = next((page for page, tokens in users if covers(tokens, audience)), None)
            shown = {"parent": parent.title, "parent_url": parent.get_url() or ""} if parent else {}
            parts = parts_of_file(file.filename, file.extracted_text)
            whole = SearchDocument(
                object_id=object_id(self.name, file.pk),
                kind=ATTACHMENT,
                title=file.title,
                url=file.url,
                audience=audience,
                body="" if parts else file.extracted_text,
                extra=(file.filename,),
                date=file.created_at.date(),
                shown={**shown, "file": file.filename},
            )
            yield from with_parts(whole, parts)

    def prepare(self, pks: Collection[str]) -> Iterable[Thing]:
        """Nothing follows."""
        return ()

    def visible(self, user: "User", pks: Collection[str]) -> Iterable[Any]:
        """Files that a page uses which the person may open, and whose collection asks for no more than signing in."""
        on_collections = _restrictions()
        files = PortalDocument.objects.filter(pk__in=pks).values_list("pk", "collection__path")
        listed = [pk for pk, path in files if not _asked(path, on_collections) - {BaseViewRestriction.LOGIN}]
        used = {file: [page.pk for page in pages] for file, pages in pages_using(listed).items()}
        pages = viewable(Page.objects.live().filter(pk__in={pk for pks in used.values() for pk in pks}), user)
        opened = set(pages.values_list("pk", flat=True))
        return [file for file, pks in used.items() if not opened.isdisjoint(pks)]


def _restrictions() -> list[tuple[str, str]]:
    """Path and kind of every restriction that lies on a collection; there are few."""
    return list(CollectionViewRestriction.objects.values_list("collection__path", "restriction_type"))


def _asked(path: str, on_collections: Iterable[tuple[str, str]]) -> frozenset[str]:
    """What the collection at this place in the tree, or one above it, asks of whoever opens its files."""
    return frozenset(kind for above, kind in on_collections if path.startswith(above))


def _audience(asked: frozenset[str], users: Sequence[tuple[Page, frozenset[str]]]) -> frozenset[str]:
    """Whoever may open one of the pages and passes the restrictions of the file's collection.

    Where a collection asks for a password or a group, the file is opened with it, and found by nobody.
    """
    if asked - {BaseViewRestriction.LOGIN}:
        return frozenset()
    audience = frozenset[str]().union(*(tokens for _, tokens in users))
    if PUBLIC not in audience:
        return audience
    return SIGNED_IN if asked else frozenset({PUBLIC})
