"""What an editor or a reporter writes is read as words, never as markup or script."""

import json
import uuid

import pytest
from django.urls import reverse

from forms.collection.enums import ReportState
from home.policies.models import PolicyPage
from tests.factories.home import PolicyPageFactory
from tests.factories.submissions import report_in
from tests.integration.trust.browsers import browser

pytestmark = pytest.mark.django_db

SCRIPT = '<script>alert("x")</script><img src=x onerror=alert(1)>'


def test_words_of_a_report_are_words() -> None:
    found = report_in(ReportState.SUBMITTED, answers={"summary": SCRIPT, "problems": [{"what": SCRIPT}]})
    for reader in (found.reporter, found.coordinator):
        shown = browser(reader).get(reverse("submissions:detail", args=[found.expected.pk])).content.decode()
        assert "<script>alert" not in shown
        assert "onerror=alert" not in shown.replace("&lt;img src=x onerror=alert(1)&gt;", "")


def test_rich_text_loses_scripts_and_addresses_that_run() -> None:
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    from home.blocks.paragraph import FEATURES

    state = {
        "blocks": [
            {
                "key": "a",
                "text": "点这里" + SCRIPT,
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 3, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": "javascript:alert(1)"}}},
    }
    written = ContentstateConverter(FEATURES).to_database_format(json.dumps(state))
    assert "javascript:" not in written
    assert "<script" not in written


def test_markup_that_got_into_a_body_is_still_refused_by_the_browser() -> None:
    page = PolicyPageFactory()
    body = [{"type": "quotation", "id": str(uuid.uuid4()), "value": {"text": SCRIPT, "source": SCRIPT}}]
    PolicyPage.objects.filter(pk=page.pk).update(body=json.dumps(body), title=SCRIPT, summary=SCRIPT)
    response = browser().get(page.get_url() or "")
    assert "<script>alert" not in response.content.decode()
    assert "'unsafe-inline'" not in response.headers["Content-Security-Policy"]
