"""Regions by number and by every name that people write."""

import pytest

from forms.builder.regions import AmbiguousError, Regions, all_regions

SMALL = Regions(
    {
        "110000": "北京市",
        "110101": "东城区",
        "130000": "河北省",
        "130100": "石家庄市",
        "130102": "长安区",
        "130104": "桥西区",
        "130700": "张家口市",
        "130703": "桥西区",
        "460000": "海南省",
        "460200": "三亚市",
        "460203": "吉阳区",
        "469001": "五指山市",
    }
)


@pytest.mark.parametrize(
    "typed",
    [
        "460203",
        "４６０２０３",
        "海南省三亚市吉阳区",
        "海南省 三亚市 吉阳区",
        "海南省/三亚市/吉阳区",
        "三亚市吉阳区",
        "海南省吉阳区",
        "吉阳区",
    ],
)
def test_a_region_is_found_by_number_and_by_any_of_its_names(typed: str) -> None:
    found = SMALL.find(typed)
    assert found is not None
    assert (found.code, found.full_name, found.depth) == ("460203", "海南省三亚市吉阳区", 3)


def test_a_name_that_several_places_have_must_be_written_in_full() -> None:
    with pytest.raises(AmbiguousError) as refusal:
        SMALL.find("桥西区")
    assert refusal.value.names == ["河北省石家庄市桥西区", "河北省张家口市桥西区"]
    found = SMALL.find("张家口市桥西区")
    assert found is not None
    assert found.code == "130703"


def test_within_a_root_a_short_name_is_enough() -> None:
    found = SMALL.find("桥西区", root="130100")
    assert found is not None
    assert found.code == "130104"
    assert SMALL.find("吉阳区", root="130000") is None
    assert SMALL.find("460203", root="130000") is None


@pytest.mark.parametrize("typed", ["", "月球", "999999", "海南省三亚市吉阳区吉阳区"])
def test_what_is_no_region_is_none(typed: str) -> None:
    assert SMALL.find(typed) is None


def test_what_lies_directly_below_a_province_is_one_step_below_it() -> None:
    for code in ("110101", "469001"):
        region = SMALL.get(code)
        assert region is not None
        assert region.depth == 2
        assert region.is_leaf


def test_the_list_of_the_country_is_whole() -> None:
    regions = all_regions().by_code
    assert sum(region.depth == 1 for region in regions.values()) == 34
    assert sum(region.is_leaf for region in regions.values()) > 2800
    assert regions["460203"].full_name == "海南省三亚市吉阳区"
    assert regions["110101"].full_name == "北京市东城区"
    assert regions["500229"].full_name == "重庆市城口县"


def test_no_two_regions_have_the_same_full_name() -> None:
    names = [region.full_name for region in all_regions().by_code.values()]
    assert len(set(names)) == len(names)


def test_every_region_is_found_by_its_full_name() -> None:
    regions = all_regions()
    assert all(regions.find(region.full_name) == region for region in regions.by_code.values())
