"""Names of the sections in both languages.

A section's title is content and Chinese. In the English interface the name that its page type declares stands in.
"""

from django.utils.translation import get_language
from wagtail.models import Page


def reads_chinese() -> bool:
    """Whether the interface is shown in the language of the content."""
    return (get_language() or "").startswith("zh")


def section_label(page: Page) -> str:
    """The page's title; in English the label of its type, where the type declares one."""
    label = getattr(page.specific_class, "section_label", "")
    if label and not reads_chinese():
        return str(label)
    return str(page.title)
