"""The Wagtail admin wears the portal's colours and name."""

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def portal_tokens() -> SafeString:
    """The same tokens as the portal's own pages, and what Wagtail's variables make of them."""
    sheets = ("css/tokens.css", "css/admin.css")
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets))
