"""Who may find a document: the one condition for results, suggestions and corrections."""

import json
from collections.abc import Collection

from search.engines.embedded.schema import Tables


def allowed(tables: Tables) -> str:
    """The audience and the withheld objects, as a condition on documents `d`; it asks for `allowed_to`."""
    return (
        f"EXISTS (SELECT 1 FROM {tables.audience} a WHERE a.row = d.row "
        "AND a.token IN (SELECT value FROM json_each(?))) "
        "AND d.object_id NOT IN (SELECT value FROM json_each(?))"
    )


def allowed_to(tokens: Collection[str], withheld: Collection[str]) -> list[str]:
    """For whoever has these tokens, but for these objects (`object_id`)."""
    return [json.dumps(sorted(tokens)), json.dumps(sorted(withheld))]
