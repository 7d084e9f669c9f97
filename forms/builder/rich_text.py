"""Formatted words of editors: a few elements of HTML and nothing that runs.

What is frozen is complete in itself: a link to a page of the portal is kept as the page's address, so that a version
can be drawn without asking what the page has become.
"""

from typing import Any

from bs4 import BeautifulSoup
from bs4.element import NavigableString
from wagtail.rich_text import expand_db_html
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
"""What the editor offers (names of Wagtail's rich text features)."""

PLAIN = ("[document]", "b", "strong", "i", "em", "h3", "p", "ul", "ol", "li", "br")
SILENT = ("script", "style", "template", "noscript", "iframe", "svg", "math")
"""Elements whose text is no text for people; the others lose their tags and keep their words."""


class FewElements(Whitelister):
    """Wagtail's whitelist, with what FEATURES make and nothing else."""

    element_rules = {
        **dict.fromkeys(PLAIN, allow_without_attributes),
        "a": attribute_rule({"href": check_url}),
    }

    def clean_tag_node(self, doc: Any, tag: Any) -> None:
        """Drop what would run together with its content."""
        if tag.name in SILENT:
            tag.decompose()
        else:
            super().clean_tag_node(doc, tag)

    def clean_string_node(self, doc: Any, node: Any) -> None:
        """Drop comments, declarations and the like: only words stay."""
        if type(node) is not NavigableString:
            node.extract()


def sanitised(html: Any) -> str:
    """The HTML with FEATURES alone; "" for what is no text."""
    if not isinstance(html, str):
        return ""
    expanded = expand_db_html(html) if "linktype=" in html else html
    return str(FewElements().clean(expanded)).strip()


def words_of(html: Any) -> str:
    """The words without the marks."""
    return BeautifulSoup(sanitised(html), "html.parser").get_text(" ", strip=True)
