"""Numbers of identity cards, telephones and e-mail addresses. All invented."""

import pytest
from django.core.exceptions import ValidationError

from forms.builder.fields import FIELD_TYPES, Sources, type_of
from forms.builder.schema import FieldSchema
from tests.factories.builder import question

CARD = "11010519491231002X"  # the example of GB 11643


def read(schema: FieldSchema, typed: str) -> str:
    return str(type_of(schema).form_field(schema, Sources()).clean(typed))


@pytest.mark.parametrize(
    "typed", [CARD, CARD.lower(), "１１０１０５１９４９１２３１００２ｘ", "110105 19491231 002X", f" {CARD}\u200b"]
)
def test_a_card_number_is_understood_however_it_is_written(typed: str) -> None:
    assert read(question("id_number"), typed) == CARD


@pytest.mark.parametrize(
    ("typed", "reason", "said"),
    [
        ("110105194912310021", "checksum", ""),
        ("11010519491231002", "length", "17"),
        ("110105491231002", "length", "15"),
        ("11010519491331002X", "birth_date", "19491331"),
        ("11010520990101002X", "birth_date", "20990101"),
        ("1101051949123100XX", "invalid", ""),
        ("不知道", "length", "3"),
    ],
)
def test_each_slip_in_a_card_number_has_its_own_message(typed: str, reason: str, said: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(question("id_number"), typed)
    assert refusal.value.code == reason
    assert said in refusal.value.messages[0]


def test_a_card_number_is_sensitive_whatever_anybody_sets() -> None:
    kind = FIELD_TYPES["id_number"]
    assert "sensitive" not in kind.block().child_blocks
    for schema in (question("id_number"), FieldSchema("q", "id_number", "证件号码", options={"sensitive": False})):
        assert kind.is_sensitive(schema)
        assert kind.searchable(schema, CARD) == ""
        assert kind.in_words(schema, CARD) == CARD
    assert kind.schema("q", {"label": "证件号码"}).options == {"sensitive": True}


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("+86 138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("（0898）88276666", "0898-88276666"),
        ("0898 88276666", "0898-88276666"),
        ("0898－88276666转123", "0898-88276666转123"),
        ("0898-88276666 ext. 123", "0898-88276666转123"),
        ("010 6581 1234", "010-65811234"),
        ("400-123-4567", "4001234567"),
    ],
)
def test_a_telephone_number_is_stored_as_it_is_dialled(typed: str, answer: str) -> None:
    assert read(question("phone"), typed) == answer


@pytest.mark.parametrize(
    ("asked", "typed", "reason"),
    [
        ("any", "88276666", "area_code"),
        ("any", "1380013800", "invalid"),
        ("any", "12345", "invalid"),
        ("any", "+1 650 253 0000", "invalid"),
        ("any", "一三八", "invalid"),
        ("any", "13800138000转5", "extension"),
        ("mobile", "0898-88276666", "kind"),
        ("landline", "13800138000", "kind"),
        ("landline", "400-123-4567", "invalid"),
    ],
)
def test_other_telephone_numbers_are_refused_with_the_reason(asked: str, typed: str, reason: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        read(question("phone", options={"kind": asked}), typed)
    assert refusal.value.code == reason


def test_a_number_can_be_called_and_an_address_written_to() -> None:
    phone, email = question("phone"), question("email")
    assert type_of(phone).display(phone, "0898-88276666转123").href == "tel:0898-88276666"
    assert type_of(phone).display(phone, "打给老林").href == ""
    assert type_of(email).display(email, "name@example.cn").href == "mailto:name@example.cn"
    assert type_of(email).display(email, "无").href == ""


def test_a_workbooks_figures_are_a_telephone_number() -> None:
    schema = question("phone")
    assert type_of(schema).decode(schema, 13800138000.0, Sources()) == "13800138000"


@pytest.mark.parametrize(
    ("typed", "answer"), [("Ａ＠Example。CN", "A@example.cn"), (" name@example.cn ", "name@example.cn")]
)
def test_an_address_is_understood_in_full_width(typed: str, answer: str) -> None:
    assert read(question("email"), typed) == answer


@pytest.mark.parametrize(
    "typed", ["name", "name@", "name@example", "张三@example.cn", "a b@example.cn", f"{'a' * 300}@b.cn"]
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        read(question("email"), typed)
