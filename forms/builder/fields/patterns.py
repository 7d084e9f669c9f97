"""Texts of a fixed shape that an editor may ask for. A new one is a line here."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forms.builder.rules.identity import parse_credit_code, parse_plate, parse_postcode


@dataclass(frozen=True)
class Pattern:
    """What the editor reads, and how a text is understood (ValidationError where it is not)."""

    label: Promise
    read: Callable[[str], str]


PATTERNS: dict[str, Pattern] = {
    "credit_code": Pattern(_("Unified social credit code"), parse_credit_code),
    "plate": Pattern(_("Number plate"), parse_plate),
    "postcode": Pattern(_("Postcode"), parse_postcode),
}
"""Names stand in schemas for ever."""
