"""Health, headers, and the checks that keep a faulty installation from starting."""

import pytest
from django.core.checks import run_checks
from django.test import Client
from pytest_django.fixtures import Settings

from portal.ops import health
from portal.units.enums import Role
from tests.factories.units import person

pytestmark = pytest.mark.django_db


def faults(**settings: object) -> set[str | None]:
    """Ids of the serious messages of all checks."""
    return {message.id for message in run_checks(databases=["default"], include_deployment_checks=True)}


def test_health_answers_200_while_every_part_answers(client: Client) -> None:
    response = client.get("/health/")
    assert response.status_code == 200
    assert response.json() == {"ok": True, "parts": {"database": "ok", "cache": "ok", "files": "ok"}}


def test_health_answers_503_and_names_the_part_that_fails(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health.cache, "set", lambda *args: (_ for _ in ()).throw(ConnectionError()))
    response = client.get("/health/")
    assert response.status_code == 503
    assert response.json()["parts"]["cache"] == "ConnectionError"


def test_outside_the_demo_the_portal_refuses_to_start_with_demo_accounts(settings: Settings) -> None:
    settings.PORTAL_DEMO = False
    assert "portal.E004" not in faults()
    demo = person(Role.ADMINISTRATOR, is_demo=True)
    assert "portal.E004" in faults()
    demo.is_active = False
    demo.save()
    assert "portal.E004" not in faults()


def test_an_unknown_search_engine_is_named_at_start(settings: Settings) -> None:
    settings.PORTAL_SEARCH_ENGINE = "solr"
    assert "portal.E001" in faults()


def test_elasticsearch_without_an_address_is_named_at_start(settings: Settings) -> None:
    settings.PORTAL_SEARCH_ENGINE, settings.PORTAL_ELASTICSEARCH_URL = "elasticsearch", ""
    assert "portal.E002" in faults()


@pytest.mark.parametrize("address", ["/sign-in/", "/", "/health/"])
def test_portal_pages_allow_no_inline_script_and_no_foreign_source(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe-inline" not in policy
    assert "http:" not in policy
    assert "https:" not in policy


def test_the_admin_may_use_the_inline_code_that_wagtail_writes(client: Client) -> None:
    client.force_login(person(Role.ADMINISTRATOR))
    assert "'unsafe-inline'" in client.get("/admin/").headers["Content-Security-Policy"]


def test_answers_carry_the_protective_headers(client: Client) -> None:
    headers = client.get("/sign-in/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
