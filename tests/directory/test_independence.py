"""Independence: a truth table, properties, and a second implementation."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.independence import (
    CANNOT_SHOW,
    Fact,
    Level,
    Side,
    Verdict,
    compare,
    name_beginning,
)
from tests.directory import independence_oracle

SOURCE = "CMS Doctors and Clinicians, release 2026-02"
# What a level can hold on one side: nothing known, one tie, another, both.
HOLDINGS = {"nothing": "", "a": "a", "b": "b", "a and b": "ab"}
ONE_LEVEL = {
    ("nothing", "nothing"): "unknown",
    ("nothing", "a"): "unknown",
    ("nothing", "b"): "unknown",
    ("nothing", "a and b"): "unknown",
    ("a", "nothing"): "unknown",
    ("a", "a"): "shares",
    ("a", "b"): "differs",
    ("a", "a and b"): "shares",
    ("b", "nothing"): "unknown",
    ("b", "a"): "differs",
    ("b", "b"): "shares",
    ("b", "a and b"): "shares",
    ("a and b", "nothing"): "unknown",
    ("a and b", "a"): "shares",
    ("a and b", "b"): "shares",
    ("a and b", "a and b"): "shares",
}
EXAMPLES = {"shares": ("a", "a"), "differs": ("a", "b"), "unknown": ("", "a")}


def side(levels):
    """Return a side from level -> keys; a level that is None does not apply."""
    return Side(
        {
            level: frozenset(Fact(key, f"Tie {key}", SOURCE) for key in keys)
            for level, keys in levels.items()
            if keys is not None
        },
    )


def verdicts(found):
    return {one.level: one.verdict for one in found.levels}


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize(("first", "second"), ONE_LEVEL, ids="-".join)
def test_one_level_says(level, first, second):
    found = compare(side({level: HOLDINGS[first]}), side({level: HOLDINGS[second]}))

    assert verdicts(found) == {level: ONE_LEVEL[first, second]}


def test_the_table_holds_every_combination():
    assert set(ONE_LEVEL) == set(product(HOLDINGS, repeat=2))


@pytest.mark.parametrize("levels", list(product(Verdict, repeat=4)), ids="-".join)
def test_all_levels_together_say(levels):
    pairs = dict(zip(Level, (EXAMPLES[one] for one in levels), strict=True))
    first = side({level: pair[0] for level, pair in pairs.items()})
    second = side({level: pair[1] for level, pair in pairs.items()})

    found = compare(first, second)

    assert list(verdicts(found).values()) == list(levels)
    if "shares" in levels:
        assert found.verdict == "shares"
    elif "differs" in levels:
        assert found.verdict == "differs"
    else:
        assert found.verdict == "unknown"
    assert [one.level for one in found.shared] == [
        level for level, one in zip(Level, levels, strict=True) if one == "shares"
    ]
    assert [one.level for one in found.differing] == [
        level for level, one in zip(Level, levels, strict=True) if one == "differs"
    ]
    assert [one.level for one in found.unknown] == [
        level for level, one in zip(Level, levels, strict=True) if one == "unknown"
    ]


def test_a_level_that_does_not_apply_to_one_side_is_not_unknown():
    hospital = side({Level.HOSPITAL: "a"})
    doctor = side({Level.GROUP: "a", Level.HOSPITAL: "b"})

    assert verdicts(compare(hospital, doctor)) == {Level.HOSPITAL: "differs"}


def test_nothing_in_common_to_compare_is_unknown():
    assert compare(side({}), side({Level.GROUP: "a"})).verdict == "unknown"


def test_the_evidence_is_shown_with_its_release():
    first = side({Level.GROUP: "ba", Level.SYSTEM: ""})
    second = Side(
        {
            Level.GROUP: frozenset({Fact("a", "Tie a", "release 2026-03")}),
            Level.SYSTEM: frozenset({Fact("c", "Tie c", "")}),
        },
    )

    group, system = compare(first, second).levels

    assert [fact.name for fact in group.first] == ["Tie a", "Tie b"]
    assert [fact.name for fact in group.second] == ["Tie a"]
    assert [fact.name for fact in group.shared] == ["Tie a"]
    assert group.sources == [SOURCE, "release 2026-03"]
    assert system.sources == []
    assert compare(first, second).sources == [SOURCE, "release 2026-03"]


def test_what_the_files_cannot_show_is_named():
    words = " ".join(CANNOT_SHOW)

    for word in ("owns", "teaching posts", "friendships", "move", "release"):
        assert word in words


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("K", "m", "unknown"), ("Km", "n", "unknown"), ("K", "K", "shares")],
    ids=["alone", "among others", "the same"],
)
def test_what_no_file_names_ties_people_and_never_tells_them_apart(
    first, second, expected
):
    """It may be one of the others: K is a number without a name."""

    def one_side(keys):
        facts = {Fact(key, key, "", is_told_apart=key.islower()) for key in keys}
        return Side({Level.HOSPITAL: frozenset(facts)})

    there = compare(one_side(first), one_side(second))
    back = compare(one_side(second), one_side(first))

    assert verdicts(there) == verdicts(back) == {Level.HOSPITAL: expected}
    assert there.verdict == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Memorial Hermann - Texas Medical Center", "Memorial Hermann Katy", True),
        ("St. Luke's Hospital", "St Lukes Medical Center", True),
        ("University of Brook Hospital", "University of Brook Medical Center", True),
        ("The Brook Clinic", "Brook Clinic West", True),
        ("University of Brook Hospital", "University of Vale Hospital", False),
        ("Memorial Hospital of Brook", "Memorial Hospital of Vale", False),
        ("Brook Hospital", "Brook Clinic", False),
        ("Hospital", "Hospital", False),
    ],
)
def test_names_of_hospitals_begin_alike(one, other, expected):
    beginnings = {name_beginning(one), name_beginning(other)}

    assert (len(beginnings) == 1 and beginnings != {""}) is expected


@pytest.mark.parametrize(
    ("level", "first", "second", "expected"),
    [
        (Level.HOSPITAL, "Brook Valley East", "Brook Valley West", True),
        (Level.HOSPITAL, "Memorial Hospital", "University Medical Center", False),
        (Level.GROUP, "Brook Valley East", "Brook Valley West", False),
        (Level.GROUP, "Brook Valley", "Brook Valley", True),
        (Level.ADDRESS, "12 Elm St, Houston, TX", "12 Elm St, Houston, TX", False),
    ],
    ids=["hospitals", "usual words", "groups", "namesakes", "two ZIP codes"],
)
def test_names_make_some_that_differ_perhaps_the_same(level, first, second, expected):
    sides = [
        Side({level: frozenset({Fact(key, name, "")})})
        for key, name in enumerate((first, second))
    ]

    found = compare(*sides)

    assert verdicts(found) == {level: "differs"}
    assert [one.level for one in found.perhaps_shared] == [level] * expected


def test_two_systems_of_one_name_do_not_tell_their_hospitals_apart():
    sides = [
        Side(
            {
                Level.HOSPITAL: frozenset({Fact(key, f"Brook Valley {key}", "")}),
                Level.SYSTEM: frozenset({Fact(key, "Brook Health", "")}),
            }
        )
        for key in range(2)
    ]

    found = compare(*sides)

    assert [one.level for one in found.perhaps_shared] == ["hospital", "health system"]


ties = st.fixed_dictionaries(
    {
        level: st.none() | st.lists(st.sampled_from("abcde"), max_size=3)
        for level in Level
    }
)


@given(ties, ties)
def test_both_implementations_agree(first, second):
    found = compare(side(first), side(second))

    expected = independence_oracle.verdicts(first, second)
    assert verdicts(found) == expected
    assert found.verdict == independence_oracle.overall(expected)


@given(ties, ties)
def test_the_verdict_is_the_same_from_either_side(first, second):
    there = compare(side(first), side(second))
    back = compare(side(second), side(first))

    assert verdicts(there) == verdicts(back)
    assert there.verdict == back.verdict
    assert [one.shared for one in there.levels] == [one.shared for one in back.levels]


@given(ties, ties)
def test_differing_is_never_said_without_facts_on_both_sides(first, second):
    found = compare(side(first), side(second))

    for one in found.levels:
        if one.verdict == "differs":
            assert one.first
            assert one.second
            assert not one.shared
    if found.verdict == "differs":
        assert not found.shared
        assert len(found.unknown) < len(found.levels)


@given(ties)
def test_nobody_is_independent_of_themselves(levels):
    found = compare(side(levels), side(levels))

    assert "differs" not in verdicts(found).values()


@given(ties, ties, st.sampled_from(Level), st.sampled_from("abcde"))
def test_a_further_tie_in_common_never_makes_people_independent(
    first, second, level, key
):
    more = [{**one, level: [*(one[level] or []), key]} for one in (first, second)]

    assert compare(side(more[0]), side(more[1])).verdict == "shares"
