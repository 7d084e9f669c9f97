"""One walk over every address of the project, as every role and as nobody, compared with a reviewed table."""

import os
import re

import pytest
from django.db import transaction
from django.test import Client

from home.demo.loading import load
from portal.accounts.models import User
from tests.integration.access import table
from tests.integration.access.routes import Route, routes
from tests.integration.access.samples import Samples

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

ACTORS = {
    "nobody": None,
    "reporter": "reporter",
    "other-unit": "reporter-police",
    "reviewer": "reviewer",
    "coordinator": "coordinator",
    "editor": "editor",
    "leader": "leader",
    "auditor": "auditor",
    "supervisor": "supervisor",
    "staff": "staff",
    "administrator": "admin",
}

NEEDS_NO_SIGN_IN = {
    "desk:feed",  # a calendar program shows its key instead
    "accounts:sign_in",
    "accounts:sign_out",
    "ops:health",
    "api:openapi-json",  # which addresses there are; what they answer needs a token
    "set_language",
    "javascript-catalog",
    "search:search",
    "search:suggest",  # while somebody types there; trimmed in the same way
    "search:learning:clicked",  # what a public page of results sends home; it needs a token of that page
    "wagtail_serve",
    "wagtaildocs_serve",
    "media:rendition",  # pictures of public pages; their names cannot be guessed
    "wagtailcore_login",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
    "",  # what lies below /admin/ and does not exist
}
"""Everything else must send nobody away; the documents' and pages' own rules are tested where they live."""


@pytest.fixture
def samples() -> Samples:
    """The demonstration and rows of it."""
    load()
    return Samples()


def client_of(username: str | None) -> Client:
    """A browser, signed in unless it is nobody's."""
    client = Client(raise_request_exception=False)
    if username:
        client.force_login(User.objects.get(username=username))
    return client


def ask(client: Client, method: str, address: str) -> str:
    """The letter of an answer; whatever the request wrote is undone."""
    with transaction.atomic():
        response = getattr(client, method.lower())(address)
        transaction.set_rollback(True)
    return table.letter(response.status_code, response.headers.get("Location", ""))


def walk(samples: Samples) -> table.Table:
    """Every route by every actor: reading all of them, and posting nothing to the portal's own."""
    clients = {actor: client_of(username) for actor, username in ACTORS.items()}
    found: table.Table = {}
    for route in routes():
        if route.name == "wagtailadmin_error_test":  # Wagtail's own way of provoking an error on purpose
            continue
        address = samples.address(route)
        for method in ("GET",) if route.is_wagtail else ("GET", "POST"):
            found[method, route.pattern] = {
                actor: ask(client_of(ACTORS[actor]) if signs_out(route) else client, method, address)
                for actor, client in clients.items()
            }
    return found


def signs_out(route: Route) -> bool:
    """Whether asking for it would end the walker's own session."""
    return bool(re.search("sign_out|logout|login|sign_in", route.name))


def test_every_address_is_open_to_those_named_in_the_table_and_to_nobody_else(
    samples: Samples,
) -> None:
    found = walk(samples)
    broken = [route for route, letters in found.items() if "!" in letters.values()]
    assert broken == [], "addresses that answer with an error of the server"
    if os.environ.get("WRITE_TABLE"):
        table.write(found, list(ACTORS))
    known = table.read()
    assert sorted(set(found) - set(known)) == [], "addresses that are not in the table yet"
    assert sorted(set(known) - set(found)) == [], "addresses in the table that are gone"
    wrong = {
        f"{method} {pattern} as {actor}": f"{known[method, pattern][actor]} expected, {letter} found"
        for (method, pattern), letters in found.items()
        for actor, letter in letters.items()
        if known[method, pattern][actor] != letter
    }
    assert wrong == {}
    by_pattern = {route.pattern: route.name for route in routes()}
    open_to_nobody = {by_pattern[pattern] for (_, pattern), letters in found.items() if letters["nobody"] in "ob"}
    assert open_to_nobody - NEEDS_NO_SIGN_IN == set()


def test_drafts_and_internal_files_are_not_handed_out_to_readers(samples: Samples) -> None:
    for actor in ("nobody", "other-unit", "supervisor"):
        client = client_of(ACTORS[actor])
        assert client.get(samples.draft.url or "/none/").status_code == 404
    assert client_of(None).get(samples.document_address).status_code in (302, 403, 404)
