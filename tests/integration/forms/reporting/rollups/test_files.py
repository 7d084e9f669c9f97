"""The document as Word and PDF; finalising; and beginning the next one from it."""

import io

import docx
import pypdfium2
import pytest
from django.test import Client

from forms.reporting.rollups.document import official
from forms.reporting.rollups.editing import Reworded, leave_out, merge, reword, write
from forms.reporting.rollups.enums import BlockKind, FileKind, FileState
from forms.reporting.rollups.errors import FinalError, StaleError
from forms.reporting.rollups.files import QUICK, ask, look_after, run
from forms.reporting.rollups.finalising import finalise
from forms.reporting.rollups.models import RollUp, RollUpFile, Sentence
from portal.audit.models import AuditEvent
from portal.files.official.document import Paragraph
from tests.factories.collection import PeriodFactory
from tests.factories.rollups import Town, block, sentence

pytestmark = pytest.mark.django_db

FIRST = {"done": "开展街面巡查。救助12人。", "problems": "人手不足。"}


@pytest.fixture
def town() -> Town:
    made = Town()
    made.accepted("甲区", people=12, **FIRST)  # type: ignore[arg-type]
    made.accepted("乙区", done="召开部署会。", people=3, problems="人手不足！")
    return made


@pytest.fixture
def rollup(town: Town) -> RollUp:
    return town.compile(addressee="市政府办公室", signature="市民政局")


def client_of(town: Town) -> Client:
    client = Client()
    client.force_login(town.coordinator)
    return client


def taken(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def words_of(content: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def cells_of(content: bytes) -> list[list[str]]:
    tables = docx.Document(io.BytesIO(content)).tables
    return [[cell.text for cell in row.cells] for table in tables for row in table.rows]


def test_the_word_file_has_what_the_page_has_with_numbered_sources(town: Town, rollup: RollUp) -> None:
    one = sentence(rollup, "救助12人。")
    reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded("救助十二人。")})
    leave_out(user=town.coordinator, block=block(rollup, "召开部署会"))
    write(user=town.coordinator, rollup=rollup, after=block(rollup, "开展街面"), text="总体平稳。")
    content = taken(client_of(town).post(f"/rollups/{rollup.pk}/files/docx/"))
    words = words_of(content)
    assert "市政府办公室：" in words
    assert "一、报送情况" in words
    assert "甲区：开展街面巡查[" in words
    assert "总体平稳。" in words, "the compiler's words have no number"
    assert "救助12人。" not in words
    assert "召开部署会" not in words
    version = town.sides["甲区"].report.versions.get()
    row = next(cells for cells in cells_of(content) if version.receipt in cells)
    assert row[1] == "甲区"
    assert row[-1] == "主要做法、存在问题（部分文字经编写人修改）"


def test_a_figure_in_the_annex_says_rule_parts_instant_and_reports(rollup: RollUp) -> None:
    made = official(rollup)
    figure = next(one for one in made.blocks if isinstance(one, Paragraph) and "救助合计" in one.sentences[0].text)
    (number,) = figure.sentences[0].notes
    row = next(one for one in made.sources if one.number == number)
    assert "《专项行动小结》（第一期）已采纳报送中“救助”的求和" in row.where or "“救助”" in row.where
    assert "2 项填报之和 = 15 人次（2 / 2）" in row.where
    assert row.sent_at.startswith("截至")
    reports = [one.number for one in made.sources if one.receipt != "—"]
    assert str(min(reports)) in row.where


def test_sentences_put_together_name_their_units_and_all_sources(town: Town, rollup: RollUp) -> None:
    first, second = Sentence.objects.filter(block__rollup=rollup, text__contains="人手不足")
    merge(user=town.coordinator, rollup=rollup, numbers=[first.pk, second.pk])
    told = [one for made in official(rollup).blocks if isinstance(made, Paragraph) for one in made.sentences]
    (one,) = [one for one in told if "人手不足" in one.text]
    assert one.text == "人手不足（甲区、乙区）。"
    assert len(one.notes) == 2


def test_a_draft_says_so_on_its_pages_and_a_final_one_does_not(town: Town, rollup: RollUp) -> None:
    assert official(rollup).draft_mark == "草稿"
    assert official(finalise(user=town.coordinator, rollup=rollup, revision=1)).draft_mark == ""


def test_the_annex_of_a_draft_tells_of_a_report_that_moved(town: Town, rollup: RollUp) -> None:
    client = client_of(town)
    taken(client.post(f"/rollups/{rollup.pk}/files/docx/"))
    town.reopen("甲区")
    content = taken(client.post(f"/rollups/{rollup.pk}/files/docx/"))
    assert any("该报送已重新打开" in cells[-1] for cells in cells_of(content))


def test_the_pdf_is_made_while_one_waits_where_it_is_short(town: Town, rollup: RollUp) -> None:
    content = taken(client_of(town).post(f"/rollups/{rollup.pk}/files/pdf/"))
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    assert "开展街面巡查" in text
    assert "来源说明" in text


def test_a_long_pdf_is_made_in_the_background(town: Town, rollup: RollUp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forms.reporting.rollups.files.QUICK", 1)
    client = client_of(town)
    page = client.post(f"/rollups/{rollup.pk}/files/pdf/")
    assert "正在生成文件" in page.content.decode()
    made = RollUpFile.objects.get()
    assert run(made.pk) == FileState.READY
    assert run(made.pk) is None, "a second worker has nothing to do"
    assert "下载" in client.get(f"/rollups/{rollup.pk}/files/pdf/", headers={"HX-Request": "true"}).content.decode()
    assert taken(client.get(f"/rollups/{rollup.pk}/files/pdf/")).startswith(b"%PDF")
    assert QUICK > 1


def test_what_a_dead_worker_left_is_queued_again_and_old_files_go(
    town: Town, rollup: RollUp, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    monkeypatch.setattr("forms.reporting.rollups.files.QUICK", 1)
    made = ask(user=town.coordinator, rollup=rollup, kind=FileKind.PDF)
    assert look_after() == 0
    RollUpFile.objects.update(not_before=made.not_before.replace(year=2000))
    assert look_after() == 1
    ask(user=town.coordinator, rollup=rollup, kind=FileKind.DOCX)
    one = block(rollup, "召开部署会")
    leave_out(user=town.coordinator, block=one)
    look_after()
    assert not RollUpFile.objects.filter(kind=FileKind.DOCX).exists()


def test_finalising_freezes_words_files_number_and_hash(town: Town, rollup: RollUp) -> None:
    final = finalise(user=town.coordinator, rollup=rollup, revision=1)
    assert final.number == f"{final.finalised_at:%Y}-0001" if final.finalised_at else False
    assert len(final.content_hash) == 64
    kept = dict(RollUpFile.objects.values_list("kind", "state"))
    assert kept == {"docx": FileState.READY, "pdf": FileState.READY}
    one = sentence(rollup, "救助12人。")
    with pytest.raises(FinalError):
        reword(user=town.coordinator, block=one.block, revision=1, words={one.pk: Reworded("改。")})
    first = taken(client_of(town).post(f"/rollups/{rollup.pk}/files/docx/"))
    town.reopen("甲区")
    assert taken(client_of(town).post(f"/rollups/{rollup.pk}/files/docx/")) == first
    page = client_of(town).get(f"/rollups/{rollup.pk}/").content.decode()
    assert "已有变动" in page
    assert "救助12人。" in page
    assert AuditEvent.objects.filter(summary="rollup.finalised").count() == 1


def test_what_somebody_changed_meanwhile_is_not_frozen_unread(town: Town, rollup: RollUp) -> None:
    leave_out(user=town.second, block=block(rollup, "召开部署会"))
    with pytest.raises(StaleError, match=str(town.second)):
        finalise(user=town.coordinator, rollup=rollup, revision=1)


def test_numbers_are_counted_up(town: Town, rollup: RollUp) -> None:
    numbers = [finalise(user=town.coordinator, rollup=one, revision=1).number for one in (rollup, town.compile())]
    assert [str(number)[-4:] for number in numbers] == ["0001", "0002"]


def test_the_next_one_begins_where_this_one_ended(town: Town, rollup: RollUp) -> None:
    leave_out(user=town.coordinator, block=rollup.blocks.get(kind=BlockKind.HEADING, text="存在问题"))
    write(user=town.coordinator, rollup=rollup, after=block(rollup, "开展街面"), text="总的看，进展顺利。")
    later = PeriodFactory.create(requirement=town.requirement, name="第二期")
    town.accepted("甲区", later, **FIRST)
    page = client_of(town).get(f"/rollups/new/?period={later.pk}&from={rollup.pk}").content.decode()
    assert 'value="市政府办公室"' in page
    made = town.compile(period=later, based_on=rollup)
    assert made.blocks.get(kind=BlockKind.HEADING, text="存在问题").left_out
    assert sentence(made, "总的看，进展顺利。").block.position > made.blocks.get(text="主要做法").position
