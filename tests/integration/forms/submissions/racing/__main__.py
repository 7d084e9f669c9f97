"""See the package."""

import json
import logging
import sys

import django


def main(wanted: list[str]) -> None:
    """Run every race."""
    django.setup()
    from django.conf import settings
    from django.db import connections

    if connections.settings["default"]["ENGINE"].endswith("sqlite3"):  # who comes first matters here, not how soon
        connections.settings["default"]["OPTIONS"]["timeout"] = 300
    logging.disable(logging.WARNING)  # every refusal would be logged as a conflict
    settings.PORTAL_SUBMIT_RATE = settings.PORTAL_AUTOSAVE_RATE = "100000/m"
    from tests.integration.forms.submissions.racing.races import RACES

    sys.stdout.write(json.dumps({name: race() for name, race in RACES.items() if not wanted or name in wanted}))


if __name__ == "__main__":
    main(sys.argv[1:])
