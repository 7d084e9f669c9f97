"""Keys and the names of XML: each the other's only counterpart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyxform.parsing.expression import is_xml_tag

from forms.builder.schema import KEY, FormSchema
from forms.exchange.xlsform.names import key_of_column, key_of_name, name_of_key, names_of
from tests.factories.builder import form_of, question, table_of
from tests.unit.forms.builder.strategies import schemas

keys = st.from_regex(KEY, fullmatch=True)


@given(keys)
def test_every_key_has_a_name_that_xml_takes_and_comes_back(key: str) -> None:
    name = name_of_key(key)
    assert is_xml_tag(name)
    assert key_of_name(name) == key


@given(keys, keys)
def test_two_keys_never_share_a_name(one: str, other: str) -> None:
    assert (name_of_key(one) == name_of_key(other)) == (one == other)


@given(st.text(min_size=1, max_size=80))
def test_every_foreign_name_gets_a_key_and_always_the_same(name: str) -> None:
    assert KEY.fullmatch(key_of_name(name))
    assert key_of_name(name) == key_of_name(name)


@given(schemas)
def test_every_name_of_a_form_is_the_only_one(schema: FormSchema) -> None:
    names = list(names_of(schema).values())
    assert len(set(names)) == len(names)


def test_a_column_carries_its_table_only_where_its_key_occurs_twice() -> None:
    form = form_of(question("text", "days"), table_of(question("text", "days"), question("text", "alone"), key="1-t"))
    names = names_of(form)
    assert names["1-t", "days"] == "_1-t.days"
    assert names["1-t", "alone"] == "alone"
    assert key_of_column("_1-t.days", "_1-t") == "days"


@pytest.mark.parametrize("key", ["meta", "instanceID", "instanceName"])
def test_names_that_xforms_keeps_for_itself_are_not_used(key: str) -> None:
    assert name_of_key(key) == f"_{key}"
    assert key_of_name(f"_{key}") == key
