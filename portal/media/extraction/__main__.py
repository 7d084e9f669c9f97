"""``python -m portal.media.extraction FILE``: the text of one file as JSON, for `isolation`."""

import json
import sys
from pathlib import Path

from portal.media.extraction.isolation import limit_this_process
from portal.media.extraction.reading import read


def main(path: str) -> None:
    """Read the file under limits and write what was found."""
    limit_this_process()
    found = read(Path(path))
    sys.stdout.write(json.dumps({"pages": found.pages, "fault": found.fault.value}))


if __name__ == "__main__":
    main(sys.argv[1])
