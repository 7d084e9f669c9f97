"""What the page carries so that its answers can be merged: on what they were based, and which form it showed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forms.builder.rendering import AnswerForm
from forms.submissions.drafts.parts import bases_of

BASES, FORM = ".base", ".form"
"""Names of the inputs; no question's key begins with a dot."""

MOST = 2000
"""Questions that one page may name; more are nobody's."""


@dataclass(frozen=True)
class Carried:
    """As the page draws it."""

    bases: str
    digest: str


def carried(
    form: AnswerForm, stored: Mapping[str, Any], digest: str, posted: Mapping[str, str] | None = None
) -> Carried:
    """For the page that shows the form.

    Its answers are based on what is stored. Where the page shows something else that was typed and could not be kept,
    they are still based on what the page before said, `posted`; None where both have been shown side by side.
    """
    keys = [one.key for one in form.schemas]
    bases = bases_of(form.form_schema, stored, keys)
    if posted is not None:
        shown = bases_of(form.form_schema, form.draft_answers(), keys)
        bases = {key: base if base == shown[key] else posted.get(key, "") for key, base in bases.items()}
    return Carried(json.dumps(bases, separators=(",", ":")), digest)


def bases_in(data: Mapping[str, Any]) -> dict[str, str] | None:
    """What a POST says that its answers were based on; None where it does not say so in a way that is understood."""
    try:
        found = json.loads(data.get(BASES) or "null")
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not found or len(found) > MOST:
        return None
    if not all(isinstance(value, str) for value in found.values()):
        return None
    return found
