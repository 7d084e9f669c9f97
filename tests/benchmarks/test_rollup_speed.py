"""A roll-up of sixty units that each answer six questions: compiling, reading and making both files."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.test import Client

from forms.builder.schema import FieldSchema, FormSchema
from forms.reporting.rollups.document import official
from forms.reporting.rollups.models import RollUp
from portal.files.official import docx, pdf
from tests.factories import rollups
from tests.factories.rollups import Town

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

UNITS, QUESTIONS = 60, 6
SENTENCE = "组织民政、公安、综合执法和各村社区开展街面巡查第{n}次，发现流浪乞讨人员及时引导至救助管理站求助。"


@contextmanager
def timed(name: str) -> Iterator[None]:
    started = time.process_time()
    yield
    print(f"{name}: {time.process_time() - started:.2f} s of processor time")


def test_sixty_units_with_six_texts_each(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = tuple(FieldSchema(key=f"q{n}", type="long_text", label=f"第{n}项工作") for n in range(QUESTIONS))
    numbers = tuple(FieldSchema(key=f"n{n}", type="number", label=f"第{n}项数据") for n in range(QUESTIONS))
    monkeypatch.setattr(rollups, "SCHEMA", FormSchema(title="小结", fields=(*texts, *numbers)))
    town = Town()
    for unit in range(UNITS):
        said: dict[str, Any] = {
            f"q{n}": "".join(SENTENCE.format(n=unit + 7 * n + m) for m in range(3)) for n in range(QUESTIONS)
        }
        said |= {f"n{n}": unit for n in range(QUESTIONS)}
        town.accepted(f"第{unit:02d}街道办事处", **said)
    with timed("compiling"):
        rollup = town.compile()
    client = Client()
    client.force_login(town.coordinator)
    with timed("the page"):
        page = client.get(f"/rollups/{rollup.pk}/")
    print(f"{len(page.content) / 1000:.0f} kB of page")
    with timed("proposals of equal sentences"):
        client.get(f"/rollups/{rollup.pk}/same/")
    with timed("a moved report"):
        town.reopen("第07街道办事处")
    with timed("the page of what is affected"):
        client.get(f"/rollups/{rollup.pk}/affected/")
    with timed("the description"):
        made = official(RollUp.objects.get(pk=rollup.pk))
    with timed("Word"):
        docx(made)
    with timed("PDF"):
        pdf(made)
    assert len(made.blocks) > UNITS * QUESTIONS
