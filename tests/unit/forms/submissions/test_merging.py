"""Two people in one draft: nothing that somebody has not seen is ever written over."""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from forms.submissions.drafts.merging import NOTHING, changed_elsewhere, digest, merge

KEYS = ("a", "b", "c")
parts = st.fixed_dictionaries({}, optional={"answer": st.sampled_from(["一", "二", 3, [{"x": 1}]])})
drafts = st.dictionaries(st.sampled_from(KEYS), parts)


def bases(stored: dict[str, Any]) -> dict[str, str]:
    """What a page says that shows what is stored."""
    return {key: digest(stored.get(key, NOTHING)) for key in KEYS}


@given(drafts, drafts)
def test_alone_everything_that_was_changed_is_written_and_nothing_else(
    stored: dict[str, Any], typed: dict[str, Any]
) -> None:
    found = merge(stored, typed, bases(stored))
    assert found.written == {key: part for key, part in typed.items() if part != stored.get(key, NOTHING)}
    assert not found.conflicts


@given(drafts, drafts, drafts)
def test_what_somebody_else_changed_is_never_written_over(
    opened: dict[str, Any], stored: dict[str, Any], typed: dict[str, Any]
) -> None:
    found = merge(stored, typed, bases(opened))
    for key in found.written:
        assert stored.get(key, NOTHING) == opened.get(key, NOTHING)
    for key, mine in found.conflicts.items():
        assert mine != stored.get(key, NOTHING) != opened.get(key, NOTHING) != mine


@given(drafts, drafts, drafts)
def test_saying_the_same_twice_changes_nothing_more(
    opened: dict[str, Any], stored: dict[str, Any], typed: dict[str, Any]
) -> None:
    first = merge(stored, typed, bases(opened))
    after = {**stored, **first.written}
    again = merge(after, typed, bases(opened))
    assert not again.written
    assert again.conflicts == first.conflicts


@given(drafts, drafts, drafts)
def test_people_at_different_questions_are_never_in_each_others_way(
    opened: dict[str, Any], mine: dict[str, Any], theirs: dict[str, Any]
) -> None:
    theirs = {key: part for key, part in theirs.items() if key not in mine}
    known = bases(opened)
    there = {**opened, **merge(opened, theirs, known).written}
    both = {**there, **merge(there, mine, known).written}
    assert {key: both.get(key, NOTHING) for key in (*mine, *theirs)} == {**mine, **theirs}


@given(drafts, drafts, drafts)
def test_who_has_seen_both_may_keep_their_own(
    opened: dict[str, Any], stored: dict[str, Any], typed: dict[str, Any]
) -> None:
    conflicts = merge(stored, typed, bases(opened)).conflicts
    assert merge(stored, conflicts, bases(stored)).written == conflicts


@given(drafts, drafts, st.sets(st.sampled_from(KEYS)))
def test_what_is_locked_stays_and_is_told(stored: dict[str, Any], typed: dict[str, Any], locked: set[str]) -> None:
    found = merge(stored, typed, bases(stored), frozenset(locked))
    assert not locked & found.written.keys()
    changed = {key for key, part in typed.items() if part != stored.get(key, NOTHING)}
    assert found.refused == locked & changed


@given(drafts, drafts, drafts)
def test_a_page_is_out_of_date_where_it_shows_neither_what_is_stored_nor_what_was_typed_over_it(
    opened: dict[str, Any], stored: dict[str, Any], typed: dict[str, Any]
) -> None:
    unseen = changed_elsewhere(stored, typed, bases(opened))
    assert merge(stored, typed, bases(opened)).conflicts.keys() <= unseen
    assert all(stored.get(key, NOTHING) != opened.get(key, NOTHING) for key in unseen)


@dataclass
class Page:
    """A page in somebody's browser, as its script keeps it."""

    bases: dict[str, str]
    dirty: dict[str, Any] = field(default_factory=dict)


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["type", "save", "lost answer", "keep mine"]), drafts),
        max_size=60,
    )
)
def test_whatever_happens_in_whatever_order_a_typed_answer_is_stored_or_told(
    steps: list[tuple[int, str, dict[str, Any]]],
) -> None:
    """Every answer that leaves a page as saved is stored, and whoever overwrote it later had it before their eyes."""
    stored: dict[str, Any] = {}
    pages = [Page(bases(stored)) for _ in range(3)]
    for who, what, typed in steps:
        page = pages[who]
        if what == "type":
            page.dirty.update(typed)
            continue
        found = merge(stored, page.dirty, page.bases)
        for key in found.written:
            assert digest(stored.get(key, NOTHING)) == page.bases[key]
        stored |= found.written
        if what == "lost answer":
            continue
        for key in page.dirty.keys() - found.conflicts.keys():
            page.bases[key] = digest(stored.get(key, NOTHING))
        page.dirty = dict(found.conflicts)
        if what == "keep mine":
            page.bases.update({key: digest(stored.get(key, NOTHING)) for key in found.conflicts})
    for page in pages:
        last = merge(stored, page.dirty, page.bases)
        assert page.dirty.keys() >= last.conflicts.keys() | last.written.keys()
