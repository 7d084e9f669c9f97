"""When to try again. Pure."""

import datetime

PAUSES = tuple(datetime.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480))
"""After the first, second, … attempt that failed; after one more the delivery has failed."""


def pause_after(attempts: int) -> datetime.timedelta | None:
    """How long to wait after so many attempts; None where it is time to give up."""
    return PAUSES[attempts - 1] if 0 < attempts <= len(PAUSES) else None


def is_inside(address: str) -> bool:
    """Whether an address leads to a page of this portal: a path, and nothing a browser takes for another host."""
    return address.startswith("/") and not address.startswith("//") and "\\" not in address and address.isprintable()
