"""What can be made to count more or less: kinds of things, validity, age."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from home.policies.enums import Validity
from search.kinds import KINDS

NEWER = "newer"
KIND, VALIDITY = "kind", "validity"


def aspects() -> Iterator[tuple[str, "str | Promise"]]:
    """What may be chosen → what it is called. The values are those of the facets."""
    for kind, label in KINDS.items():
        yield f"{KIND}:{kind}", format_lazy("{what}：{label}", what=pgettext_lazy("weight", "Kind"), label=label)
    for validity in Validity:
        if validity != Validity.UNKNOWN:
            label = validity.label
            yield f"{VALIDITY}:{validity.value}", format_lazy("{what}：{label}", what=_("Validity"), label=label)
    yield NEWER, pgettext_lazy("weight", "Newer than so many years")


def aspect_label(facet: str, value: str, years: int) -> str:
    """What a weight is about, in words."""
    if years:
        return ngettext("Newer than %(n)d year", "Newer than %(n)d years", years) % {"n": years}
    return str(dict(aspects()).get(f"{facet}:{value}", value))
