"""What differs between two corrections."""

from dataclasses import replace

from django.utils import translation

from portal.programmes.comparison import differences
from tests.factories.programmes import (
    proposed_citation,
    proposed_deadline,
    proposed_phase,
    proposed_plan,
    proposed_reporting,
    proposed_task,
    proposed_unit,
)

MINE = proposed_plan(
    proposed_task("排查摊点", proposed_unit("市教育局"), number="1", deadlines=(proposed_deadline("2026-03-20"),)),
    phases=(proposed_phase("动员阶段", None, "2026-02-28"),),
    reporting=(proposed_reporting("2026-06-20", "市教育局"),),
    citations=(proposed_citation("湘教发〔2025〕9号"),),
)


def test_equal_proposals_do_not_differ() -> None:
    assert differences(MINE, MINE) == {"only_theirs": [], "only_mine": []}


def test_a_unit_with_another_role_is_told_on_both_sides() -> None:
    task = replace(MINE.tasks[0], units=(proposed_unit("市教育局", "lead"),))
    with translation.override("zh-hans"):
        assert differences(replace(MINE, tasks=(task,)), MINE) == {
            "only_theirs": ["“1 排查摊点”的单位：市教育局，牵头"],
            "only_mine": ["“1 排查摊点”的单位：市教育局，责任"],
        }


def test_what_is_missing_is_told_on_one_side_only() -> None:
    found = differences(replace(MINE, citations=(), phases=()), MINE)
    assert found["only_theirs"] == []
    assert len(found["only_mine"]) == 2
