"""Compiling: what stands in the document, in which order, and where each sentence comes from."""

import uuid

import pytest

from forms.collection.enums import ReportState
from forms.reporting.matrix.services import Choice, matrix
from forms.reporting.rollups.enums import BlockKind, Origin, Part
from forms.reporting.rollups.errors import NotYoursError, RollUpRefusedError
from forms.reporting.rollups.models import RollUp, Sentence, Source
from portal.audit.models import AuditEvent
from portal.units.enums import Role
from tests.factories.collection import PeriodFactory
from tests.factories.rollups import Town, block, sentence
from tests.factories.submissions import report_in
from tests.factories.units import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    made = Town()
    made.accepted(
        "甲区", done="开展街面巡查。救助12人。", people=12, share=80, problems="人手不足。", secret="不外传。"
    )
    made.accepted(
        "乙区",
        done="召开部署会。",
        people=3,
        tasks=[{"name": "一", "work": "完成。"}, {"name": "二", "work": "推进。"}],
    )
    made.nothing("丙区")
    made.owes("丁区")
    return made


def outline(rollup: RollUp) -> list[str]:
    return list(rollup.blocks.filter(kind=BlockKind.HEADING).values_list("text", flat=True))


def test_sections_follow_the_form_and_paragraphs_the_units(town: Town) -> None:
    rollup = town.compile()
    assert outline(rollup) == ["报送情况", "主要数据", "主要做法", "存在问题", "任务 › 进展"]
    told = rollup.blocks.filter(part=Part.TEXT, kind=BlockKind.PARAGRAPH).values_list("question", "unit__name")
    assert list(told) == [("done", "甲区"), ("done", "乙区"), ("problems", "甲区"), ("tasks.work", "乙区")]
    words = Sentence.objects.filter(block=block(rollup, "开展街面巡查。")).values_list("text", "origin")
    assert list(words) == [("开展街面巡查。", Origin.REPORTED), ("救助12人。", Origin.REPORTED)]


def test_a_sentence_knows_unit_version_receipt_question_and_row(town: Town) -> None:
    rollup = town.compile()
    source = sentence(rollup, "推进。").sources.get()
    version = town.sides["乙区"].report.versions.get()
    assert (source.unit.name, source.version, source.number, source.receipt) == ("乙区", version, 1, version.receipt)
    assert (source.question, source.row, source.text) == ("tasks.work", 2, "推进。")


def test_sensitive_answers_stay_out(town: Town) -> None:
    rollup = town.compile()
    assert not Sentence.objects.filter(block__rollup=rollup, text__contains="不外传").exists()
    assert not Source.objects.filter(text__contains="不外传").exists()


def test_the_first_sentence_says_what_the_dashboard_says(town: Town) -> None:
    rollup = town.compile()
    rates = Sentence.objects.get(block__rollup=rollup, name="rates")
    counted = matrix(user=town.coordinator, choice=Choice.of_period(town.period), now=rollup.as_of).count
    assert rates.facts == {"expected": 4, "arrived": 3, "timely": 3, "accepted": 3}
    assert (counted.expected, counted.arrived, counted.timely) == (4, 3, 3)
    assert "应报单位4家，已报3家，报送率75%；按时报送3家" in rates.text
    nil = Sentence.objects.get(block__rollup=rollup, name="nil")
    assert "丙区" in nil.text
    assert [one.text for one in nil.sources.all()] == ["本期无事项。"]
    assert "丁区" in Sentence.objects.get(block__rollup=rollup, name="outstanding").text


def test_the_table_has_a_row_for_each_unit(town: Town) -> None:
    table = town.compile().blocks.get(kind=BlockKind.TABLE)
    assert [row[1] for row in table.facts["rows"]] == ["甲区", "乙区", "丙区", "丁区"]
    assert [row[2] for row in table.facts["rows"]][2].startswith("无事项报送")


def test_figures_are_sums_and_averages_with_every_source(town: Town) -> None:
    rollup = town.compile()
    people = sentence(rollup, "救助合计15人次")
    assert people.facts["value"] == "15"
    assert sorted(one.text for one in people.sources.all()) == ["12 人次", "3 人次"]
    facts = people.block.facts
    assert facts["made_of"] == "2 项填报之和"
    assert "第一期" in facts["rule"]
    assert sentence(rollup, "整改率").facts["value"] == "80"


def test_a_figure_stands_beside_that_of_the_period_before(town: Town) -> None:
    later = PeriodFactory.create(requirement=town.requirement, name="第二期")
    town.accepted("甲区", later, people=30, done="继续巡查。")
    rollup = town.compile(period=later)
    assert "上期（第一期）为15人次，增加15人次（100%）" in sentence(rollup, "救助合计").text


def test_reports_that_are_not_accepted_say_nothing(town: Town) -> None:
    report_in(ReportState.SUBMITTED, town.owes("戊区").expected, {"done": "尚未审核。", "people": 99})
    rollup = town.compile()
    assert not Sentence.objects.filter(block__rollup=rollup, text__contains="尚未审核").exists()
    assert sentence(rollup, "救助合计").facts["value"] == "15"


def test_without_accepted_reports_there_is_nothing_to_compile() -> None:
    made = Town()
    made.owes("甲区")
    with pytest.raises(RollUpRefusedError):
        made.compile()
    assert not RollUp.objects.exists()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR, Role.LEADER, Role.REPORTER])
def test_only_coordinators_of_the_collecting_unit_compile(town: Town, role: Role) -> None:
    with pytest.raises(NotYoursError):
        town.compile(user=person(role))


def test_the_same_page_sent_twice_compiles_once(town: Town) -> None:
    key = uuid.uuid4()
    assert town.compile(key=key) == town.compile(key=key)
    assert AuditEvent.objects.filter(summary="rollup.compiled").count() == 1


def test_compiling_takes_as_many_queries_for_many_units(
    town: Town, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    for number in range(12):
        town.accepted(f"第{number}街道", done="巡查。", people=1)
    with django_assert_max_num_queries(45):  # type: ignore[operator]
        town.compile()
