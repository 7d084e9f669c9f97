"""Filling the form in, as the page of each asks for it."""

import random
import re
import uuid
from collections.abc import Callable, Mapping
from typing import Any

from tests.benchmarks.peers.client import Browser
from tests.benchmarks.peers.rows import DISTRICTS, SERVICES, SITE_TYPES, answers

LABELS = {"district": DISTRICTS, "site_type": SITE_TYPES}


def hidden_fields(page: str) -> dict[str, str]:
    """What the page carries along."""
    found = {}
    for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name:
            found[name[1]] = value[1] if value else ""
    return found


def wagtail_sender(port: int, chance: random.Random) -> Callable[[], bool]:
    """Somebody who sends the same form again and again; true where the page of thanks came."""
    browser = Browser(port)
    token = hidden_fields(browser.get("/inspection/").text)["csrfmiddlewaretoken"]

    def send() -> bool:
        row = answers(chance)
        for key, labels in LABELS.items():
            row[key] = labels[int(row[key][1:])]
        row["services"] = [SERVICES[int(code[1:])] for code in row["services"]]
        if not row.pop("has_plan"):
            row.pop("has_plan", None)
        else:
            row["has_plan"] = "on"
        answer = browser.post("/inspection/", {**row, "csrfmiddlewaretoken": token})
        return answer.status == 200 and "PEER-THANKS" in answer.text

    return send


def portal_sender(port: int, who: Mapping[str, Any], chance: random.Random) -> Callable[[], bool]:
    """Somebody who sends one report after the other; true where it was accepted."""
    browser = Browser(port, {"sessionid": who["session"]})
    waiting = iter(who["reports"])
    carried = hidden_fields(browser.get(f"/reports/{next(waiting)}/fill/").text)

    def send() -> bool:
        row = answers(chance)
        row["has_plan"] = "yes" if row["has_plan"] else "no"
        address = f"/reports/{next(waiting)}/"
        fields = {**carried, **row, "key": str(uuid.uuid4()), "action": "submit"}
        answer = browser.post(f"{address}fill/", fields)
        browser.cookies.pop("messages", None)  # the page that a browser shows next takes it
        return answer.status == 302 and answer.headers.get("Location") == address

    return send
