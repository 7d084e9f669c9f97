"""Formatted notes: what editors format stays, what runs goes."""

import pytest

from forms.builder.fields import FIELD_TYPES, type_of
from forms.builder.rendering import build_form, display, searchable_text
from forms.builder.rich_text import sanitised
from forms.builder.schema import FieldSchema, FormSchema
from tests.factories.builder import form_of, question

KEPT = "<h3>填报说明</h3><p>请<b>逐项</b>填写，<i>不要</i>漏项。<br/></p><ul><li>一</li></ul><ol><li>二</li></ol>"
LINK = '<p><a href="https://www.example.cn/a?b=1&amp;c=2">办法</a></p>'


@pytest.mark.parametrize("html", [KEPT, LINK, "<p>1 &lt; 2 &amp; 3</p>", '<p><a href="mailto:a@b.cn">信</a></p>', ""])
def test_what_editors_format_stays_as_it_is(html: str) -> None:
    assert sanitised(html) == html
    assert sanitised(sanitised(html)) == sanitised(html)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick='alert(1)'>x</p>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='jav\tascript:alert(1)'>x</a>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<svg/onload=alert(1)>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<style>body{display:none}</style>",
        "<p style='position:fixed'>x</p>",
        "<form action=/sign-out><button>x</button></form>",
        "<input name=csrfmiddlewaretoken>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<!DOCTYPE html><p>x</p>",
        "<?php echo 1 ?>",
        "<math><mtext><script>alert(1)</script></mtext></math>",
        "<<script>script>alert(1)<</script>/script>",
        "<scr<script>ipt>alert(1)</script>",
        "</div></fieldset></form><p>x</p>",
        "<p id=id_k1 class=form-label data-question=k1>x</p>",
        "<a href='https://a.cn' target=_top ping=https://evil.cn>x</a>",
        "<template><script>alert(1)</script></template>",
        "<noscript><p title='</noscript><script>alert(1)</script>'></noscript>",
    ],
)
def test_nothing_of_an_import_runs_or_reaches_into_the_page(html: str) -> None:
    clean = sanitised(html)
    lowered = clean.lower()
    for evil in (
        "<script", "<img", "<svg", "<iframe", "<style", "<form", "<input", "<!", "<?", "<math", "<template",
        "<noscript", "javascript:", "data:", " on", "style=", "id=", "class=", "data-", "target=", "ping=", "</div",
        "srcdoc",
    ):  # fmt: skip
        assert evil not in lowered
    assert sanitised(clean) == clean


@pytest.mark.parametrize("odd", [None, 5, [], {}, True])
def test_what_is_no_text_is_no_note(odd: object) -> None:
    assert sanitised(odd) == ""


def test_an_evil_frozen_note_is_drawn_harmless() -> None:
    note = FieldSchema("n", "rich_note", "说明", options={"html": "<p>好</p><script>alert(1)</script>"})
    form = build_form(FormSchema("表", fields=(note,)))
    text = form.helper.render_layout(form, {})
    assert "<p>好</p>" in text
    assert "<script" not in text


def test_links_of_a_note_leave_the_half_filled_form_alone() -> None:
    kind = FIELD_TYPES["rich_note"]
    html = kind.html(question("rich_note", options={"html": LINK}))  # type: ignore[attr-defined]
    assert '<a target="_blank" rel="noopener" href="https://www.example.cn/' in html


def test_a_note_is_no_answer_and_is_gone_when_answers_are_read() -> None:
    schema = form_of(question("rich_note", "n"), question("text", "t"))
    assert [row.label for row in display(schema, {"t": "x"})] == ["填报项"]
    assert "逐项" not in searchable_text(schema, {"t": "x"})
    assert not type_of(schema.fields[0]).takes_answer
