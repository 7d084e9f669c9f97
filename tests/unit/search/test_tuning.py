"""What administrators decided, on a day."""

import datetime
import json
from dataclasses import replace

from search.engines.base import Boost, Query, Sort
from search.engines.elasticsearch.request import listing, ranking
from search.tuning.rules import Boosted, Tuning


def test_an_age_is_counted_back_from_the_day_it_is_asked() -> None:
    newer = Boosted(1.5, years=4)
    assert newer.on(datetime.date(2024, 2, 29)) == Boost(1.5, since=datetime.date(2020, 2, 29))
    assert Boosted(1.5, years=1).on(datetime.date(2024, 2, 29)) == Boost(1.5, since=datetime.date(2023, 2, 28))


def test_weights_are_read_from_what_was_put_live() -> None:
    written = {"boosts": [{"factor": 2.0, "facet": "kind", "value": "task", "years": 0}]}
    assert Tuning.of(written).boosted(datetime.date(2024, 5, 1)) == (Boost(2.0, "kind", "task"),)
    assert Tuning.of({}).boosted(datetime.date(2024, 5, 1)) == ()


def test_without_weights_elasticsearch_is_asked_what_it_was_asked_before() -> None:
    plain = Query(tokens=frozenset({"public"}), text="救助管理")
    weighted = replace(plain, boosts=(Boost(2.0, "kind", "task"),))
    by_date = replace(weighted, sort=Sort.DATE)
    assert "function_score" not in json.dumps(ranking(plain).to_dict())
    assert "function_score" in json.dumps(ranking(weighted).to_dict())
    assert listing(by_date).to_dict() == listing(replace(plain, sort=Sort.DATE)).to_dict()
