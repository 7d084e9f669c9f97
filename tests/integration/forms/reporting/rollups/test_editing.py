"""Editing: the words, what is left out, the order; and two people at the same paragraph."""

import pytest

from forms.reporting.rollups.editing import (
    Reworded,
    delete,
    describe,
    leave_out,
    lines_of,
    merge,
    move,
    part,
    reword,
    write,
)
from forms.reporting.rollups.enums import BlockKind, Origin, Part
from forms.reporting.rollups.errors import NotYoursError, RollUpRefusedError, StaleError
from forms.reporting.rollups.likening import groups
from forms.reporting.rollups.models import Block, RollUp, Sentence
from forms.reporting.rollups.reading import Section, sections
from forms.submissions.models import Submission
from portal.units.enums import Role
from tests.factories.rollups import Town, block, sentence
from tests.factories.units import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    made = Town()
    made.accepted("甲区", done="开展街面巡查。救助12人。", people=12, problems="人手不足。")
    made.accepted("乙区", done="召开部署会。", people=3, problems="人手不足！")
    return made


@pytest.fixture
def rollup(town: Town) -> RollUp:
    return town.compile()


def section(rollup: RollUp, heading: str) -> Section:
    return next(one for one in sections(rollup) if one.heading and one.heading.text == heading)


def read(rollup: RollUp, heading: str) -> list[str]:
    blocks = [one for one in section(rollup, heading).blocks if not one.block.left_out]
    return ["".join(told.sentence.text for told in one.told) for one in blocks]


def test_a_reworded_sentence_keeps_its_source_and_its_original(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "救助12人。")
    reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded("救助 12 人次。")})
    one.refresh_from_db()
    assert (one.text, one.original, one.is_reworded) == ("救助 12 人次。", "救助12人。", True)
    assert one.sources.get().text == "救助12人。"


def test_a_sentence_is_left_out_and_taken_in_again(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "救助12人。")
    reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded(one.text, is_in=False)})
    assert read(rollup, "主要做法")[0] == "开展街面巡查。"
    reword(user=town.coordinator, block=one.block, revision=2, words={one.pk: Reworded(one.text)})
    assert read(rollup, "主要做法")[0] == "开展街面巡查。救助12人。"


def test_without_words_a_sentence_is_left_out_and_keeps_those_it_had(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "救助12人。")
    reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded("  ")})
    one.refresh_from_db()
    assert (one.left_out, one.text) == (True, "救助12人。")


def test_paragraphs_change_places_within_their_section(town: Town, rollup: RollUp) -> None:
    last = block(rollup, "召开部署会")
    move(user=town.coordinator, block=last, up=True)
    assert read(rollup, "主要做法") == ["召开部署会。", "开展街面巡查。救助12人。"]
    before = list(rollup.blocks.values_list("pk", flat=True))
    move(user=town.coordinator, block=last, up=True)
    assert list(rollup.blocks.values_list("pk", flat=True)) == before, "above it is the heading"


def test_a_heading_takes_its_section_along(town: Town, rollup: RollUp) -> None:
    heading = rollup.blocks.get(kind=BlockKind.HEADING, text="主要做法")
    leave_out(user=town.coordinator, block=heading)
    assert read(rollup, "主要做法") == []
    assert [one.number for one in sections(rollup)] == ["一", "二", "", "三"]
    leave_out(user=town.coordinator, block=heading, left_out=False)
    assert len(read(rollup, "主要做法")) == 2


def test_a_paragraph_of_ones_own_stands_where_it_was_written_and_has_no_source(town: Town, rollup: RollUp) -> None:
    made = write(user=town.coordinator, rollup=rollup, after=block(rollup, "开展街面"), text="总的看，进展顺利。")
    assert read(rollup, "主要做法")[1] == "总的看，进展顺利。"
    assert made.part == Part.OWN
    assert [(one.origin, one.sources.count()) for one in made.sentences.all()] == [(Origin.OWN, 0)]
    with pytest.raises(RollUpRefusedError):
        write(user=town.coordinator, rollup=rollup, after=None, text=" \n ")


def test_equal_sentences_become_one_with_all_their_sources(town: Town, rollup: RollUp) -> None:
    first, second = Sentence.objects.filter(block__rollup=rollup, text__contains="人手不足")
    merge(user=town.coordinator, rollup=rollup, numbers=[second.pk, first.pk])
    shown = section(rollup, "存在问题").blocks
    assert [told.units for told in shown[0].told] == ["甲区、乙区"]
    assert [one.text for one in shown[1].elsewhere] == ["人手不足！"]
    part(user=town.coordinator, rollup=rollup, number=second.pk)
    assert read(rollup, "存在问题") == ["人手不足。", "人手不足！"]


def test_figures_are_not_put_together(town: Town, rollup: RollUp) -> None:
    computed = list(Sentence.objects.filter(block__rollup=rollup, origin=Origin.COMPUTED).values_list("pk", flat=True))
    with pytest.raises(RollUpRefusedError):
        merge(user=town.coordinator, rollup=rollup, numbers=computed)


def test_whoever_comes_second_is_told_by_whom_and_of_what(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "救助12人。")
    reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded("救助十二人。")})
    with pytest.raises(StaleError, match=f"{town.coordinator}已于.*修改了文字"):
        reword(user=town.second, block=one.block, revision=1, words={one.pk: Reworded("救助一打人。")})
    one.refresh_from_db()
    assert one.text == "救助十二人。"


def test_the_same_words_twice_are_no_conflict(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "救助12人。")
    for _again in range(2):
        reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded("救助十二人。")})
    assert Block.objects.get(pk=one.block_id).revision == 2


def test_two_people_at_different_paragraphs_do_not_disturb_one_another(town: Town, rollup: RollUp) -> None:
    one, other = sentence(rollup, "救助12人。"), sentence(rollup, "召开部署会。")
    reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded("甲。")})
    reword(user=town.second, block=other.block, revision=1, words={other.pk: Reworded("乙。")})
    assert read(rollup, "主要做法") == ["开展街面巡查。甲。", "乙。"]


def test_title_lines_that_somebody_changed_meanwhile_are_not_overwritten(town: Town, rollup: RollUp) -> None:
    seen = lines_of(rollup)
    describe(user=town.second, rollup=rollup, seen=seen, title="新标题", addressee="", signature="")
    with pytest.raises(StaleError, match=f"{town.second}.*新标题"):
        describe(user=town.coordinator, rollup=rollup, seen=seen, title="旧标题", addressee="", signature="")
    now = lines_of(RollUp.objects.get(pk=rollup.pk))
    describe(user=town.coordinator, rollup=rollup, seen=now, title="旧标题", addressee="", signature="")
    assert RollUp.objects.get(pk=rollup.pk).title == "旧标题"


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR, Role.REPORTER])
def test_nobody_else_changes_anything(rollup: RollUp, role: Role) -> None:
    user, one = person(role), sentence(rollup, "救助12人。")
    with pytest.raises(NotYoursError):
        reword(user=user, block=one.block, revision=1, words={one.pk: Reworded("不行。")})
    with pytest.raises(NotYoursError):
        leave_out(user=user, block=one.block)
    with pytest.raises(NotYoursError):
        write(user=user, rollup=rollup, after=None, text="不行。")
    with pytest.raises(NotYoursError):
        delete(user=user, rollup=rollup)


def test_deleting_a_draft_leaves_the_reports(town: Town, rollup: RollUp) -> None:
    delete(user=town.coordinator, rollup=rollup)
    assert not RollUp.objects.exists()
    assert Submission.objects.count() == 2


def test_sentences_of_several_units_that_say_the_same_are_proposed(town: Town) -> None:
    long = (
        "区政府召开部署会，组织民政、公安、综合执法和各村社区开展街面巡查，"
        "对重点区域实行夜间巡查，发现流浪乞讨人员及时引导至救助管理站求助。"
    )
    town.accepted("丙区", done=long, problems="人手不足")
    town.accepted("丁区", done=long.replace("夜间", "每日"), problems="无。")
    town.accepted("戊区", done="各不相同。" * 2, problems="无。")
    found = groups(town.compile())
    assert [(one.label, one.units, one.is_exact) for one in found] == [
        ("存在问题", "甲区、乙区、丙区", True),
        ("主要做法", "丙区、丁区", False),
    ]
