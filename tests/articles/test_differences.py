"""What a reviewer is shown of a change."""

import time

from hypothesis import given
from hypothesis import strategies as st

from articles.differences import compare


def test_equal_texts_show_nothing() -> None:
    assert compare("One.\nTwo.", "One.\nTwo.") == []


def test_changed_words_stand_in_their_line_and_the_line_among_its_neighbours() -> None:
    before = "One.\nIt takes six weeks.\nThree."
    after = "One.\nIt takes about six weeks or more.\nThree."

    assert compare(before, after) == [
        [("same", "One.")],
        [
            ("same", "It takes"),
            ("added", " about"),
            ("same", " six "),
            ("removed", "weeks."),
            ("added", "weeks or more."),
        ],
        [("same", "Three.")],
    ]


def test_a_word_that_changed_takes_no_other_of_its_paragraph_with_it() -> None:
    rest = " lung. Doctors call this a clot. Tell the people who answer."

    assert compare(f"It can travel to the{rest}", f"It can travel to a{rest}") == [
        [
            ("same", "It can travel to "),
            ("removed", "the"),
            ("added", "a"),
            ("same", rest),
        ]
    ]


def test_words_that_were_all_rewritten_stand_together() -> None:
    assert compare("It takes six weeks.", "This may last long.") == [
        [("removed", "It takes six weeks."), ("added", "This may last long.")]
    ]


def test_a_long_paragraph_that_was_rewritten_is_compared_soon() -> None:
    before = " ".join(f"old{number}" for number in range(5000))
    after = " ".join(f"new{number}" for number in range(5000))
    started = time.process_time()

    compare(before, after)

    assert time.process_time() - started < 2


def test_what_lies_far_between_two_changes_is_left_out() -> None:
    before, after = "\n".join("abcdefgh"), "\n".join("Abcdefgx")

    assert compare(before, after) == [
        [("removed", "a"), ("added", "A")],
        [("same", "b")],
        [("same", "…")],
        [("same", "g")],
        [("removed", "h"), ("added", "x")],
    ]


def test_lines_only_come_or_only_go() -> None:
    assert compare("", "New.") == [[("added", "New.")]]
    assert compare("Old.", "") == [[("removed", "Old.")]]
    assert compare("Old.", "New.\nMore.") == [
        [("removed", "Old.")],
        [("added", "New.")],
        [("added", "More.")],
    ]


words = st.text(alphabet="ab \t", min_size=1, max_size=12)


@given(words, words)
def test_no_word_of_a_changed_line_is_lost(before: str, after: str) -> None:
    lines = compare(before, after)

    if before != after:
        assert "".join(t for k, t in lines[0] if k != "added") == before
        assert "".join(t for k, t in lines[0] if k != "removed") == after
