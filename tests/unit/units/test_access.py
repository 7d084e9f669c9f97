"""What follows from roles and units."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.units.access import INSIDER, PUBLIC, Access
from portal.units.enums import INSIDERS, Role

units = st.frozensets(st.integers(1, 5), min_size=1, max_size=3)
accesses = st.dictionaries(st.sampled_from(list(Role)), units, max_size=4).map(Access)


@settings(deadline=None)
@given(accesses)
def test_everybody_has_the_public_token_and_only_insiders_the_inner_one(access: Access) -> None:
    tokens = access.tokens()
    assert PUBLIC in tokens
    assert (INSIDER in tokens) == access.has(*INSIDERS)


@settings(deadline=None)
@given(accesses)
def test_a_supervisor_gains_no_unit_token_by_the_visit(access: Access) -> None:
    inside = Access({role: ids for role, ids in access.units_by_role.items() if role != Role.SUPERVISOR})
    plain = {token for token in access.tokens() if token.startswith("unit:") and token.count(":") == 1}
    assert plain == {f"unit:{unit}" for unit in inside.unit_ids()}


@settings(deadline=None)
@given(accesses, st.sampled_from(list(Role)), units)
def test_a_further_membership_never_takes_a_token_away(access: Access, role: Role, more: frozenset[int]) -> None:
    wider = Access({**access.units_by_role, role: access.units_by_role.get(role, frozenset()) | more})
    assert access.tokens() <= wider.tokens()
    assert access.unit_ids(role) | more == wider.unit_ids(role)


@settings(deadline=None)
@given(accesses)
def test_units_by_role_are_the_tokens_of_that_role(access: Access) -> None:
    for role in access.roles:
        assert {f"unit:{unit}:{role}" for unit in access.unit_ids(role)} <= access.tokens()
