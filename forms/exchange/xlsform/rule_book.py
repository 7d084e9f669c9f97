"""The checks of a form while its workbook is read: those of the portal's own sheet, and those of edited cells."""

import uuid
from dataclasses import replace
from typing import Any

from forms.builder.schema import RuleSchema
from forms.exchange.xlsform.names import NAMES_OF_IMPORTS
from forms.exchange.xlsform.planned import Planned


class RuleBook:
    """Checks by key, in order."""

    def __init__(self, rules: tuple[RuleSchema, ...]) -> None:
        self.rules = {rule.key: rule for rule in rules}

    def replace(self, planned: Planned, check: Any, message: str, usual: str) -> None:
        """The checks that stood in a question's constraint become the one that stands there now."""
        old = [key for key in planned.entry.get("rules", []) if key in self.rules]
        words = message or (self.rules[old[0]].message if old else "") or usual
        for key in old[1:] if check is not None else old:
            del self.rules[key]
        if check is None:
            return
        if old:
            self.rules[old[0]] = replace(self.rules[old[0]], check=check, message=words)
        else:
            self.add(path(planned), check, words)

    def add(self, at: str, check: Any, message: str) -> None:
        """A new check."""
        key = str(uuid.uuid5(NAMES_OF_IMPORTS, f"check {at} {len(self.rules)}"))
        self.rules[key] = RuleSchema(key, at, check, message)

    def reword(self, planned: Planned, message: str) -> None:
        """Another message for the one check in a question's constraint."""
        old = [key for key in planned.entry.get("rules", []) if key in self.rules]
        if len(old) == 1 and message:
            self.rules[old[0]] = replace(self.rules[old[0]], message=message)

    def left_behind(self, paths: set[str], written: set[str]) -> list[RuleSchema]:
        """Drop the checks whose question somebody has removed, and say which: its key was written, and is not there."""
        gone = [rule for rule in self.rules.values() if rule.at not in paths and rule.at.split(".")[-1] in written]
        for rule in gone:
            del self.rules[rule.key]
        return gone


def path(planned: Planned) -> str:
    """Where a message stands."""
    return f"{planned.table}.{planned.key}" if planned.table else planned.key
