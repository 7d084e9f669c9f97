"""Headers that protect the reader stand on answers of every kind."""

import pytest

from portal.units.enums import Role
from tests.factories.submissions import send_with_file, sides
from tests.integration.trust.browsers import browser, browser_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["/sign-in/", "/search/", "/nowhere/", "/reports/", "/health/", "/static/css/tokens.css", "/jsi18n/", "/admin/"],
)
def test_pages_errors_redirects_and_static_files_forbid_guessing_types_and_framing(address: str) -> None:
    response = browser_of(Role.EDITOR).get(address)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    if not address.startswith("/static/"):
        assert response.headers["X-Frame-Options"] in ("DENY", "SAMEORIGIN")
        assert "object-src 'none'" in response.headers["Content-Security-Policy"]


def test_no_page_of_the_portals_own_allows_inline_script() -> None:
    policy = browser_of(Role.COORDINATOR).get("/reports/review/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy


def test_a_file_of_a_report_runs_nothing_in_the_browser() -> None:
    found = sides()
    kept = send_with_file(found)
    response = browser(found.reporter).get(f"/reports/files/{kept.pk}/")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    b"".join(response.streaming_content)  # type: ignore[attr-defined]
