"""Under which key a saved search is known, when its alerts are due, and what is news for whom. Pure."""

import datetime
import hashlib
import json
from collections.abc import Container, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import count

from portal.calendars.rules import ONE_DAY, WorkCalendar
from search.documents import SearchDocument
from search.parameters import Asked
from search.saving.enums import Cadence
from search.wording import wording_key

MOST = 50
"""So many searches a person may keep."""

AT = datetime.time(8)
"""Before offices begin, and before the e-mails that are sent together go out at nine."""

MONDAY = 0

INTERRUPTION = datetime.timedelta(days=1)
"""What was withdrawn from somebody for less than this was not away: a slip that was mended is no news."""

PRESENT = ""

Tokens = Mapping[str, str]
"""Audience token → when those who have it lost sight of the thing, as ISO text; `PRESENT` while they find it."""


def key_of(asked: Asked) -> str:
    """The same for the same question, however its address was written: SHA-256 of the address in one spelling."""
    return hashlib.sha256(asked.normalised().address().encode()).hexdigest()


def name_key_of(name: str) -> str:
    """The same for names that differ in width, case, blanks or traditional characters only: SHA-256, as hexadecimal."""
    return hashlib.sha256(wording_key(name).encode()).hexdigest()


def free_name(name: str, taken: Container[str], longest: int) -> str:
    """The name, or with the first number from 2 on that makes it another than those whose keys are `taken`."""
    if name_key_of(name) not in taken:
        return name
    numbers = (f" ({number})" for number in count(2))
    numbered = (name[: longest - len(number)].rstrip() + number for number in numbers)
    return next(one for one in numbered if name_key_of(one) not in taken)


def next_alert(
    cadence: Cadence, after: datetime.datetime, calendar: WorkCalendar, zone: datetime.tzinfo
) -> datetime.datetime | None:
    """The next instant at which daily or weekly alerts go out; None where there is no such instant.

    Daily: 08:00 of the next working day. Weekly: 08:00 of the first working day from the next Monday on.
    """
    if cadence not in {Cadence.DAILY, Cadence.WEEKLY}:
        return None
    local = after.astimezone(zone)
    day = local.date() if local.time() < AT else local.date() + ONE_DAY
    while cadence == Cadence.WEEKLY and day.weekday() != MONDAY:
        day += ONE_DAY
    return datetime.datetime.combine(calendar.next_worked(day).result, AT, zone)


@dataclass(frozen=True)
class News:
    """A thing that an index has just learnt of. `before` is who found it until now; None: it is new to everybody."""

    document: SearchDocument
    before: frozenset[str] | None
    at: datetime.datetime

    def concerns(self, tokens: AbstractSet[str]) -> bool:
        """Whether somebody with these tokens can find it now, and could not before."""
        if tokens.isdisjoint(self.document.audience):
            return False
        return self.before is None or tokens.isdisjoint(self.before)

    @property
    def is_any(self) -> bool:
        """Whether it is news for anybody at all."""
        return self.before is None or not self.document.audience <= self.before


def signature(document: SearchDocument) -> str:
    """What must differ for a known thing to be new once more: its title, its number or its validity."""
    said = [document.clean_title, document.number_keys, document.all_facets.get("validity", ())]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def finders(tokens: Tokens, now: datetime.datetime) -> frozenset[str]:
    """Who finds a known thing, or did so until less than an interruption ago."""
    return frozenset(token for token, lost in tokens.items() if _counts(lost, now))


def with_audience(tokens: Tokens, audience: AbstractSet[str], now: datetime.datetime) -> dict[str, str]:
    """The tokens after the audience was read anew; those lost long ago are forgotten."""
    lost = {token: at or now.isoformat() for token, at in tokens.items() if token not in audience and _counts(at, now)}
    return {**dict.fromkeys(sorted(audience), PRESENT), **lost}


def is_gone(tokens: Tokens) -> bool:
    """Whether nobody finds the thing now."""
    return PRESENT not in tokens.values()


def _counts(lost: str, now: datetime.datetime) -> bool:
    return lost == PRESENT or now - datetime.datetime.fromisoformat(lost) < INTERRUPTION
