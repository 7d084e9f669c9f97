"""The table of who may: one line per route and method, one letter per actor.

``o`` open · ``s`` sent to the sign-in page · ``-`` refused (403, 404, or sent back to the admin's front page)
· ``m`` the method is not offered (405) · ``b`` let in, and told that the request lacks something (400)
· ``!`` an error of the server, which never stands in the table

The table is reviewed by people and changed on purpose only. After adding a route, run
``WRITE_TABLE=1 python -m pytest tests/integration/access`` and read the diff before committing it.
"""

import csv
from pathlib import Path

PATH = Path(__file__).with_name("who_may.tsv")

Table = dict[tuple[str, str], dict[str, str]]


def read() -> Table:
    """(method, pattern) → actor → letter."""
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {(row.pop("method"), row.pop("route")): row for row in rows}


def write(table: Table, actors: list[str]) -> None:
    """Write the table anew, sorted by route."""
    with PATH.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter="\t", lineterminator="\n")
        out.writerow(["method", "route", *actors])
        for (method, route), letters in sorted(table.items(), key=lambda item: (item[0][1], item[0][0])):
            out.writerow([method, route, *(letters[actor] for actor in actors)])


def letter(status: int, location: str) -> str:
    """The letter for an answer."""
    if status in (301, 302, 303):
        if location.startswith("/sign-in/"):
            return "s"
        return "-" if location == "/admin/" else "o"
    if status in (401, 403, 404, 410):
        return "-"
    return "!" if status >= 500 else {405: "m", 400: "b"}.get(status, "o")
