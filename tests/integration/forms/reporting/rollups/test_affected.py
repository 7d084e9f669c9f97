"""Reports that move after they were rolled up: said beside the sentences, told to the compiler, and settled."""

from typing import Any

import pytest
from django.test import Client

from forms.collection.waiving import ask_again, waive
from forms.reporting.rollups.affected import affected_of
from forms.reporting.rollups.editing import Reworded, merge, reword
from forms.reporting.rollups.enums import Standing
from forms.reporting.rollups.errors import RollUpRefusedError
from forms.reporting.rollups.models import RollUp, Sentence, Source
from forms.reporting.rollups.renewing import keep, leave_out_report, renew_figures, renew_report, take_in_later
from forms.submissions.bin.services import bin_report, bin_requirement, restore
from forms.submissions.errors import WrongStateError
from forms.submissions.review.services import accept, return_report
from portal.notifications.models import Notification
from tests.factories.rollups import Town, block, sentence
from tests.factories.submissions import send

pytestmark = pytest.mark.django_db

FIRST: dict[str, Any] = {"done": "开展街面巡查。救助12人。", "people": 12, "problems": "人手不足。"}


@pytest.fixture
def town() -> Town:
    made = Town()
    made.accepted("甲区", **FIRST)
    made.accepted("乙区", done="召开部署会。", people=3, problems="人手不足！")
    return made


@pytest.fixture
def rollup(town: Town) -> RollUp:
    return town.compile()


def standings(rollup: RollUp, unit: str) -> set[str]:
    rows = Source.objects.filter(sentence__block__rollup=rollup, unit__name=unit, question="done")
    return set(rows.values_list("standing", flat=True))


def affected(rollup: RollUp) -> int:
    found: Any = RollUp.objects.with_affected().get(pk=rollup.pk)
    return int(found.affected)


def test_a_reopened_report_marks_its_sentences_and_figures_with_the_reason(town: Town, rollup: RollUp) -> None:
    assert affected(rollup) == 0
    town.reopen("甲区", "救助人次有误")
    assert standings(rollup, "甲区") == {Standing.REOPENED}
    assert standings(rollup, "乙区") == {Standing.STANDS}
    assert affected(rollup) == 5, "three sentences, the rates, the sum"
    source = sentence(rollup, "救助12人。").sources.get()
    assert (source.moved_why, source.moved_at is not None) == ("救助人次有误", True)


def test_every_further_step_is_followed(town: Town, rollup: RollUp) -> None:
    found = town.sides["甲区"]
    town.reopen("甲区")
    report = send(found, FIRST)
    assert standings(rollup, "甲区") == {Standing.RESENT}
    return_report(user=town.coordinator, submission=report, version=2, reason="请补充")
    assert standings(rollup, "甲区") == {Standing.RETURNED}
    accept(user=town.coordinator, submission=send(found, FIRST), version=3)
    assert standings(rollup, "甲区") == {Standing.SAME}
    assert affected(rollup) == 0, "the newer version says the same"


def test_only_what_the_newer_version_says_otherwise_is_affected(town: Town, rollup: RollUp) -> None:
    town.mend("甲区", FIRST | {"done": "开展街面巡查。救助13人。", "people": 13})
    assert sentence(rollup, "开展街面巡查。").sources.get().standing == Standing.SAME
    assert sentence(rollup, "救助12人。").sources.get().standing == Standing.NEWER
    assert affected(rollup) == 2, "one sentence and the sum"


def test_a_waived_report_is_followed_there_and_back(town: Town, rollup: RollUp) -> None:
    town.reopen("甲区")
    expected = town.sides["甲区"].expected
    waive(user=town.coordinator, expected=expected, reason="机构撤销")
    assert standings(rollup, "甲区") == {Standing.WAIVED}
    ask_again(user=town.coordinator, expected=expected)
    assert standings(rollup, "甲区") == {Standing.REOPENED}


def test_the_bin_takes_the_report_and_leaves_the_words_and_their_sources(town: Town, rollup: RollUp) -> None:
    report = town.sides["甲区"].report
    before = sentence(rollup, "救助12人。").sources.get().found()
    binned = bin_report(user=town.coordinator, submission=report, version=1, reason="重复报送")
    assert standings(rollup, "甲区") == {Standing.BINNED}
    assert sentence(rollup, "救助12人。").sources.get().found() == before
    restore(user=town.coordinator, binned=binned)
    assert standings(rollup, "甲区") == {Standing.STANDS}
    assert affected(rollup) == 0


def test_a_requirement_stays_while_there_is_a_roll_up_of_it(town: Town, rollup: RollUp) -> None:
    for found in town.sides.values():
        bin_report(user=town.coordinator, submission=found.report, version=1, reason="清空")
    with pytest.raises(WrongStateError, match="汇总报告"):
        bin_requirement(user=town.coordinator, requirement=town.requirement, reason="不再需要")


def test_the_compiler_is_told_once_of_each_movement(town: Town, rollup: RollUp) -> None:
    town.reopen("甲区", "数字有误")
    told = Notification.objects.get(recipient=town.coordinator, kind="rollup_affected")
    assert "甲区的报送已重新打开" in told.text
    assert "数字有误" in told.text
    assert told.address == f"/rollups/{rollup.pk}/affected/"
    send(town.sides["甲区"], FIRST)
    assert Notification.objects.filter(kind="rollup_affected").count() == 1
    assert not Notification.objects.filter(recipient=town.second, kind="rollup_affected").exists()


def test_a_compiler_who_has_left_is_replaced_by_whoever_coordinates(town: Town, rollup: RollUp) -> None:
    town.coordinator.memberships.all().delete()
    bin_report(user=town.second, submission=town.sides["甲区"].report, version=1, reason="重复")
    told = Notification.objects.filter(kind="rollup_affected").values_list("recipient", flat=True)
    assert town.second.pk in told
    assert town.coordinator.pk not in told


def test_what_is_left_out_is_not_affected(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "救助12人。")
    reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded(one.text, is_in=False)})
    town.reopen("甲区")
    assert affected(rollup) == 4


def test_taking_over_keeps_what_is_the_same_and_what_was_replaced(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "开展街面巡查。")
    reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded("开展巡查工作。")})
    town.mend("甲区", FIRST | {"done": "开展街面巡查。救助13人。另设点2处。", "people": 13})
    renew_report(user=town.coordinator, rollup=rollup, report=town.sides["甲区"].expected.pk)
    rows = Sentence.objects.filter(block=block(rollup, "另设点2处。"), left_out=False)
    assert [row.text for row in rows] == ["开展巡查工作。", "救助13人。", "另设点2处。"]
    assert [row.sources.get().number for row in rows] == [2, 2, 2]
    old = sentence(rollup, "救助12人。")
    assert (old.left_out, old.replaced_at is not None) == (True, True)
    assert sentence(rollup, "救助合计").facts["value"] == "16"
    assert affected(rollup) == 0


def test_a_figure_shows_old_and_new_and_takes_the_new_one_over(town: Town, rollup: RollUp) -> None:
    town.mend("甲区", FIRST | {"people": 20})
    found = affected_of(rollup, user=town.coordinator)
    stale = next(one for one in found.stale if one.sentence and "救助合计" in one.sentence.text)
    assert "合计15人次" in (stale.sentence.text if stale.sentence else "")
    assert "合计23人次" in stale.now
    renew_figures(user=town.coordinator, rollup=rollup, blocks=[stale.block.pk])
    assert "合计23人次" in sentence(rollup, "救助合计").text
    assert affected(rollup) == 0


def test_a_reworded_figure_is_not_overwritten_unasked(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "救助合计")
    reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded("共救助15人次。")})
    town.mend("甲区", FIRST | {"people": 20})
    renew_figures(user=town.coordinator, rollup=rollup)
    assert sentence(rollup, "共救助").text == "共救助15人次。"
    renew_figures(user=town.coordinator, rollup=rollup, blocks=[one.block_id])
    assert "合计23人次" in sentence(rollup, "救助合计").text


def test_keeping_needs_a_reason_and_lasts_until_the_report_moves_again(town: Town, rollup: RollUp) -> None:
    report = town.sides["甲区"].expected.pk
    town.reopen("甲区")
    with pytest.raises(RollUpRefusedError):
        keep(user=town.coordinator, rollup=rollup, report=report, reason=" ")
    keep(user=town.coordinator, rollup=rollup, report=report, reason="已电话核实")
    assert affected(rollup) == 0
    send(town.sides["甲区"], FIRST | {"done": "改了。"})
    assert affected(rollup) > 0


def test_leaving_a_report_out_leaves_its_sentences_out_only(town: Town, rollup: RollUp) -> None:
    town.reopen("甲区")
    leave_out_report(user=town.coordinator, rollup=rollup, report=town.sides["甲区"].expected.pk)
    assert affected(rollup) == 2, "the figures"
    assert not sentence(rollup, "召开部署会。").left_out


def test_sentences_put_together_are_parted_when_one_is_replaced(town: Town, rollup: RollUp) -> None:
    first, second = Sentence.objects.filter(block__rollup=rollup, text__contains="人手不足")
    merge(user=town.coordinator, rollup=rollup, numbers=[first.pk, second.pk])
    town.mend("甲区", FIRST | {"problems": "人手已补足。"})
    renew_report(user=town.coordinator, rollup=rollup, report=town.sides["甲区"].expected.pk)
    second.refresh_from_db()
    assert (second.merged_into, second.left_out) == (None, False)


def test_what_was_accepted_later_is_taken_in_at_its_place(town: Town, rollup: RollUp) -> None:
    town.accepted("丙区", done="设立救助点。", people=5, tasks=[{"name": "一", "work": "完成。"}])
    town.nothing("丁区")
    assert [one.unit.name for one in affected_of(rollup, user=town.coordinator).later] == ["丙区", "丁区"]
    assert take_in_later(user=town.coordinator, rollup=rollup) == 2
    assert block(rollup, "设立救助点。").position > block(rollup, "召开部署会。").position
    assert sentence(rollup, "救助合计").facts["value"] == "20"
    assert "丁区" in Sentence.objects.get(block__rollup=rollup, name="nil").text
    assert rollup.blocks.filter(text="任务 › 进展").exists()
    assert affected_of(rollup, user=town.coordinator).later == []


def test_the_page_shows_both_texts_and_a_reader_may_only_look(town: Town, rollup: RollUp) -> None:
    town.mend("甲区", FIRST | {"done": "开展街面巡查。救助13人。", "people": 13})
    client = Client()
    client.force_login(town.coordinator)
    page = client.get(f"/rollups/{rollup.pk}/affected/").content.decode()
    assert "<del>救助12人。</del>" in page
    assert "<ins>救助13人。</ins>" in page
    report = {"do": "keep", "report": str(town.sides["甲区"].expected.pk), "reason": ""}
    refused = client.post(f"/rollups/{rollup.pk}/affected/", report)
    assert (refused.status_code, "请说明保留的理由" in refused.content.decode()) == (422, True)
    assert client.post(f"/rollups/{rollup.pk}/affected/", report | {"do": "renew"}).status_code == 302
    assert "没有受影响的内容" in client.get(f"/rollups/{rollup.pk}/affected/").content.decode()
