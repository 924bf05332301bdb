"""Two texts in two columns."""

from hypothesis import given
from hypothesis import strategies as st

from articles import side_by_side as module
from articles.side_by_side import Row, side_by_side


def words(line: list[tuple[str, str]]) -> str:
    return "".join(text for _, text in line)


def test_equal_texts_have_no_rows() -> None:
    assert side_by_side("One.\nTwo.", "One.\nTwo.") == []


def test_a_changed_word_is_marked_on_its_own_side() -> None:
    rows = side_by_side("It takes six weeks.", "It takes ten weeks.")

    same = ("same", "It takes ")
    end = ("same", " weeks.")
    assert rows == [
        Row(1, [same, ("removed", "six"), end], 1, [same, ("added", "ten"), end])
    ]


def test_a_line_that_came_stands_beside_nothing() -> None:
    rows = side_by_side("One.", "One.\nTwo.")

    assert rows[1] == Row(new_number=2, new=[("added", "Two.")])
    assert not rows[1].is_same
    assert rows[0].is_same


def test_a_line_that_went_stands_beside_nothing() -> None:
    assert side_by_side("One.\nTwo.", "One.")[1] == Row(2, [("removed", "Two.")])


def test_a_changed_line_stands_beside_what_it_was_and_not_beside_a_new_one() -> None:
    before = "Walk every day for ten minutes."
    after = "Quite new here.\nWalk every day for twenty minutes."

    new, changed = side_by_side(before, after)

    assert new.old == []
    assert (changed.old_number, changed.new_number) == (1, 2)


def test_equal_lines_far_from_a_change_are_counted_and_left_out() -> None:
    before = [str(number) for number in range(20)]
    after = [*before[:10], "new", *before[10:]]

    rows = side_by_side("\n".join(before), "\n".join(after))

    assert [row.left_out for row in rows if row.left_out] == [7, 7]


def test_very_many_changed_lines_are_paired_in_their_order(monkeypatch) -> None:
    monkeypatch.setattr(module, "LONGEST_SEARCH", 1)

    rows = side_by_side("a b\nc d", "a x\nc y\nz")

    assert [(row.old_number, row.new_number) for row in rows] == [
        (1, 1),
        (2, 2),
        (None, 3),
    ]


lines = st.lists(st.text("ab ", max_size=8), max_size=6)


@given(lines, lines)
def test_no_line_is_lost_on_either_side(before: list[str], after: list[str]) -> None:
    old, new = "\n".join(before).splitlines(), "\n".join(after).splitlines()

    rows = side_by_side("\n".join(before), "\n".join(after))

    if old != new:
        assert sum(row.left_out for row in rows) + sum(
            row.old_number is not None for row in rows
        ) == len(old)
        for row in rows:
            assert row.old_number is None or words(row.old) == old[row.old_number - 1]
            assert row.new_number is None or words(row.new) == new[row.new_number - 1]
