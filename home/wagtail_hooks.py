"""The Wagtail admin wears the portal's colours and name."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

OUTSIDE = ("whats-new-in-wagtail", "editor-guide")
"""Help entries that lead to the internet, which an intranet does not have."""


@hooks.register("insert_global_admin_css")
def portal_tokens() -> SafeString:
    """The same tokens as the portal's own pages, and what Wagtail's variables make of them."""
    sheets = ("css/tokens.css", "css/admin.css")
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets))


@hooks.register("construct_help_menu")
def no_links_outside(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what leads to Wagtail's own site."""
    items[:] = [item for item in items if not item.name.startswith(OUTSIDE)]


@hooks.register("insert_editor_js")
def keep_what_is_typed_meanwhile() -> SafeString:
    """Count as a change what is typed while Wagtail takes a page for saved: at first, and when it has saved itself."""
    return format_html('<script src="{}"></script>', static("js/typed-meanwhile.js"))
