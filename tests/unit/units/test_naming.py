"""Which unit a written name means; the rules alone, without a database."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.units.abbreviations import DEPARTMENTS
from portal.units.naming import Canonical, NameIndex, canonical, tidy


@dataclass
class Body:
    name: str
    short_name: str = ""


def index(*bodies: tuple[Body, list[str]]) -> NameIndex[Body]:
    return NameIndex(bodies)


health = Body("三亚市卫生健康委员会", "市卫生健康委")
civil = Body("三亚市民政局", "市民政局")
market = Body("三亚市市场监督管理局")
district = Body("天涯区人民政府")

departments = st.sampled_from([row for row in DEPARTMENTS if len(row) > 1])
levels = st.sampled_from(["市", "县", "区", "三亚市", "崇左县", "天涯区"])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("三亚市卫生健康委员会", health),
        ("市卫健委", health),
        ("卫健委", health),
        ("市卫生健康委员会", health),
        ("市 卫 健 委", health),
        ("市民政局", civil),
        ("民政局", civil),
        ("海南省三亚市民政局", civil),
        ("市市场监督管理局", market),
        ("市场监管局", market),
        ("市市监局", market),
        ("天涯区", district),
        ("天涯区政府", district),
        ("市财政局", None),
        ("县民政局", None),
        ("儋州市民政局", None),
        ("", None),
    ],
)
def test_a_unit_is_found_by_what_people_write_for_it(written: str, meant: Body | None) -> None:
    bodies = index((health, []), (civil, []), (market, []), (district, []))
    assert bodies.find(written) is meant


def test_a_full_name_comes_before_a_short_name_and_that_before_an_alias() -> None:
    full, short, alias = Body("市老干部局"), Body("市委老干部局", "市老干部局"), Body("老干部服务中心")
    assert index((alias, ["市老干部局"]), (short, []), (full, [])).find("市老干部局") is full
    assert index((alias, ["市老干部局"]), (short, [])).find("市老干部局") is short


def test_a_name_that_fits_two_units_fits_none() -> None:
    bodies = index((Body("三亚市教育局"), []), (Body("天涯区教育局"), []))
    assert bodies.find("教育局") is None
    assert bodies.knows("教育局")
    assert bodies.find("市教育局") is not None


def test_a_government_without_its_place_is_not_just_any_government() -> None:
    assert index((district, [])).find("市政府") is None
    assert index((Body("育才生态区管理委员会"), [])).find("管委会") is None


def test_a_name_that_begins_like_a_level_keeps_its_beginning() -> None:
    assert canonical("市场监管局") == Canonical("", "", "市场监督管理局")
    assert canonical("市政管理局").department == "市政管理局"
    assert canonical("市民政局") == Canonical("", "市", "民政局")


@settings(deadline=None)
@given(row=departments, level=levels)
def test_every_abbreviation_of_the_table_has_the_canonical_form_of_its_department(
    row: tuple[str, ...], level: str
) -> None:
    forms = {canonical(level + name) for name in row if not (level + name).startswith("市委")}
    assert len(forms) <= 1


@settings(deadline=None)
@given(row=departments, level=levels)
def test_a_dropped_place_still_fits(row: tuple[str, ...], level: str) -> None:
    body = Body(level + row[0])
    bare = level[-1] + row[-1]
    assert index((body, [])).find(bare) is body


@settings(deadline=None)
@given(st.text(max_size=30))
def test_width_and_spaces_never_matter(name: str) -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in name)
    assert canonical(" ".join(wide)) == canonical(name)
    assert tidy(tidy(name)) == tidy(name)


@given(
    st.lists(
        st.sampled_from(["三亚市民政局", "市民政局", "天涯区民政局", "民政局", "市卫健委"]), min_size=1, max_size=5
    )
)
def test_a_unit_is_always_found_by_its_own_full_name(names: list[str]) -> None:
    bodies = [Body(name) for name in dict.fromkeys(names)]
    whole = index(*((body, []) for body in bodies))
    assert all(whole.find(body.name) is body for body in bodies)


def test_no_abbreviation_stands_for_two_departments() -> None:
    words = [word for row in DEPARTMENTS for word in row]
    assert len(words) == len(set(words))
