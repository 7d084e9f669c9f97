"""The plan as it was published, as a policy page."""

import re
from typing import Any

from django.utils.html import escape

from home.demo.programme import PLAN, plan_text
from home.policies.enums import DocumentKind, Validity
from home.policies.models import PolicyIndexPage, PolicyPage
from portal.programmes.plan_import import propose, read_document

KEY = "demo-plan"
CHAPTER = re.compile(r"[一二三四五六七八九十]+、")
SECTION = re.compile(r"（[一二三四五六七八九十]+）")
ENDS_A_PARAGRAPH = ("。", "：", "）", ")", "；")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text whose lines were broken by the printer: a line that does not end one goes on."""
    found: list[str] = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        goes_on = found and not found[-1].endswith(ENDS_A_PARAGRAPH) and not is_heading(found[-1])
        if goes_on and not is_heading(line):
            found[-1] += line
        else:
            found.append(line)
    return found


def is_heading(line: str) -> bool:
    """一、工作目标 and （一）全面开展照料服务达标行动, but not a numbered paragraph that runs on."""
    return bool(CHAPTER.match(line) or SECTION.match(line)) and "。" not in line and len(line) < 40


def blocks(text: str) -> list[tuple[str, Any]]:
    """Headings of two levels and paragraphs, for the body of a page."""
    body: list[tuple[str, Any]] = []
    for paragraph in paragraphs(text):
        if is_heading(paragraph):
            body.append(("heading", {"text": paragraph, "level": "h2" if CHAPTER.match(paragraph) else "h3"}))
        else:
            body.append(("paragraph", f"<p>{escape(paragraph)}</p>"))
    return body


def load_plan_page() -> PolicyPage:
    """Publish the plan; what is there already stays as it is."""
    existing: PolicyPage | None = PolicyPage.objects.filter(import_key=KEY).first()
    if existing is not None:
        return existing
    title = propose(read_document(str(PLAN))).title
    page = PolicyPage(
        title=title.title if title else PLAN.stem,
        slug="sanya-2020-plan",
        kind=DocumentKind.PLAN,
        validity=Validity.EXPIRED,
        region="三亚",
        summary="6 项行动、18 项任务，2020 年 4 月至 2021 年 6 月实施。演示中的专项行动即由本方案生成，日期已顺延。",
        source_name="三亚市 2020 年公开印发的实施方案（领导小组成员名单从略）",
        import_key=KEY,
        live=False,
    )
    page.body = blocks(plan_text().split("\n", 1)[1])
    PolicyIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    return page
