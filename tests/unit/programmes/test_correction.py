"""From a proposal to a form and back: what nobody touched comes back as it was."""

from collections.abc import Mapping
from typing import Any

from portal.programmes.correction import Corrected, in_reading_order, initial_rows, marks_of
from portal.programmes.highlights import pieces
from portal.programmes.ledger_forms import LedgerForms
from portal.programmes.origins import doubtful_count
from portal.programmes.plan_import import PlanProposal, Span
from portal.programmes.wording import BY_HAND
from tests.factories.programmes import PLAN, as_posted, proposed_plan, proposed_task, proposed_unit, read_out_of

STORED = read_out_of(PLAN)


def sent(changes: Mapping[str, Any], stored: PlanProposal = STORED, text: str = PLAN) -> LedgerForms:
    """The ledger as a browser sends it back."""
    shown = LedgerForms(text=text, initial=initial_rows(stored))
    return LedgerForms(text=text, data=as_posted(shown, **changes))


def corrected(changes: Mapping[str, Any], stored: PlanProposal = STORED, text: str = PLAN) -> PlanProposal:
    """The proposal after correction."""
    ledger = sent(changes, stored, text)
    assert ledger.is_valid(), ledger.problems()
    return Corrected(ledger, stored, text).proposal()


def problems(changes: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The fields and sentences that a correction is refused with."""
    ledger = sent(changes)
    assert not ledger.is_valid()
    return [(field, str(error)) for field, _label, error in ledger.problems()]


def test_the_invented_plan_is_read_as_the_tests_expect() -> None:
    assert [task.title for task in STORED.tasks] == ["排查周边摊点", "加强日常巡查", "开展安全教育"]
    assert [len(task.units) for task in STORED.tasks] == [2, 2, 1]
    assert len(STORED.phases) == 2


def test_an_untouched_form_gives_back_the_very_same_proposal() -> None:
    assert corrected({}) == STORED


def test_a_corrected_title_is_by_hand_and_keeps_its_place_and_its_units() -> None:
    task = corrected({"tasks-0-title": "排查摊点"}).tasks[0]
    assert (task.title, task.rule, task.confidence) == ("排查摊点", BY_HAND, 1.0)
    assert task.span == STORED.tasks[0].span
    assert task.units == STORED.tasks[0].units


def test_what_was_checked_is_certain_and_keeps_its_rule() -> None:
    doubtful = proposed_unit("市教育局", rule="note", confidence=0.5)
    stored = proposed_plan(proposed_task("任务", doubtful))
    assert doubtful_count(stored) == 1
    unit = corrected({"tasks-0-units-0-checked": "on"}, stored, "").tasks[0].units[0]
    assert (unit.rule, unit.confidence) == ("note", 1.0)


def test_a_renamed_action_takes_its_tasks_along() -> None:
    proposal = corrected({"actions-0-title": "集中攻坚行动"})
    assert [task.action for task in proposal.tasks] == ["集中攻坚行动", "集中攻坚行动", "宣传引导行动"]
    assert proposal.tasks[0].rule == STORED.tasks[0].rule


def test_a_deleted_row_is_gone() -> None:
    proposal = corrected({"tasks-1-DELETE": "on", "tasks-0-units-1-DELETE": "on"})
    assert [task.title for task in proposal.tasks] == ["排查周边摊点", "开展安全教育"]
    assert [unit.name for unit in proposal.tasks[0].units] == ["市教育局"]


def test_a_task_may_not_stay_below_an_action_that_is_deleted() -> None:
    assert [field for field, _ in problems({"actions-1-DELETE": "on"})] == ["id_tasks-2-action"]


def test_two_actions_may_not_bear_the_same_title() -> None:
    assert [field for field, _ in problems({"actions-1-title": "集中整治行动"})] == ["id_actions-1-title"]


def test_a_new_unit_is_found_in_the_words_of_its_task() -> None:
    unit = corrected({"tasks-0-units-2-name": "市城市管理局", "tasks-0-units-2-role": "assisting"}).tasks[0].units[2]
    assert (unit.role, unit.rule) == ("assisting", BY_HAND)
    assert unit.words == "市城市管理局"
    assert STORED.tasks[0].span.start < unit.span.start < STORED.tasks[0].span.end


def test_a_new_unit_that_the_text_does_not_name_is_kept_without_a_place() -> None:
    unit = corrected({"tasks-0-units-2-name": "市交通运输局"}).tasks[0].units[2]
    assert (unit.span, unit.words) == (Span(0, 0), "")


def test_a_new_task_from_selected_words_stands_where_its_words_stand() -> None:
    start = PLAN.index("建立台账")
    proposal = corrected(
        {
            "tasks-3-title": "建立台账",
            "tasks-3-start": start,
            "tasks-3-end": start + 4,
            "tasks-3-title_start": start,
            "tasks-3-title_end": start + 4,
        }
    )
    assert [task.title for task in proposal.tasks] == ["排查周边摊点", "建立台账", "加强日常巡查", "开展安全教育"]
    assert proposal.tasks[1].words == "建立台账"


def test_a_new_task_from_copied_words_is_found_without_a_script() -> None:
    task = corrected({"tasks-3-title": "建账", "tasks-3-words": "完成对校园周边摊点的\n一次排查，建立台账"}).tasks[1]
    assert task.words == "完成对校园周边摊点的一次排查，建立台账"


def test_words_that_are_not_the_plans_are_refused_beside_the_field() -> None:
    assert [field for field, _ in problems({"tasks-3-title": "建账", "tasks-3-words": "子虚乌有"})] == [
        "id_tasks-3-words"
    ]


def test_a_unit_in_a_blank_task_asks_for_the_tasks_title() -> None:
    assert ("id_tasks-3-title") in [field for field, _ in problems({"tasks-3-units-0-name": "市教育局"})]


def test_only_what_is_due_has_a_date() -> None:
    assert [field for field, _ in problems({"tasks-0-deadlines-0-type": "recurring"})] == [
        "id_tasks-0-deadlines-0-date"
    ]


def test_a_date_says_how_exact_it_is() -> None:
    assert [field for field, _ in problems({"tasks-0-deadlines-0-precision": ""})] == [
        "id_tasks-0-deadlines-0-precision"
    ]


def test_a_phase_does_not_end_before_it_begins() -> None:
    assert [field for field, _ in problems({"phases-0-last": "2025-01-01"})] == ["id_phases-0-last"]


def test_a_reporting_date_needs_a_date_or_words() -> None:
    assert [field for field, _ in problems({"reporting-1-to": "市教育局"})] == ["id_reporting-1-date"]


def test_numbers_beyond_the_text_mean_no_place() -> None:
    unit = corrected({"tasks-0-units-0-start": "99999", "tasks-0-units-0-end": "999999"}).tasks[0].units[0]
    assert unit.words == "市教育局"


def test_items_without_a_place_stay_behind_the_one_they_follow() -> None:
    first, second = proposed_task("甲", span=Span(10, 20)), proposed_task("丙", span=Span(30, 40))
    between = proposed_task("乙")
    assert [task.title for task in in_reading_order([first, between, second])] == ["甲", "乙", "丙"]
    assert [task.title for task in in_reading_order([second, first, between])] == ["甲", "乙", "丙"]


def test_the_marked_words_are_the_words_of_their_rows() -> None:
    ledger = LedgerForms(text=PLAN, initial=initial_rows(STORED))
    found = pieces(PLAN, marks_of(ledger, PLAN))
    assert "".join(piece.text for piece in found) == PLAN
    words = {key: "".join(p.text for p in found if key in p.keys.split()) for key in ("tasks-0-units-1", "citations-0")}
    assert words == {"tasks-0-units-1": "市城市管理局", "citations-0": "湘教发〔2025〕9号"}
    deadline = next(piece for piece in found if piece.target == "tasks-0-deadlines-0")
    assert deadline.text == "2026年3月20日前"
    assert "mark--body" in deadline.kinds
    assert "tasks-0" in deadline.keys.split()
