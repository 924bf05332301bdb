"""Two texts that grew out of one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.merging import MARK, Merged, marks_in, merge

BASE = "One here. Two here.\nThree.\nFour.\n"


def merged(theirs: str, yours: str, base: str = BASE) -> Merged:
    return merge(base, theirs, yours, who="Revision 2 by edda")


def test_changes_of_different_lines_come_together() -> None:
    theirs, yours = BASE.replace("Three", "3"), BASE.replace("Four", "4")

    assert merged(theirs, yours) == Merged("One here. Two here.\n3.\n4.\n")


def test_changes_of_different_sentences_of_a_line_come_together() -> None:
    theirs, yours = BASE.replace("One", "1"), BASE.replace("Two", "2")

    assert merged(theirs, yours) == Merged("1 here. 2 here.\nThree.\nFour.\n")


def test_a_line_that_came_and_one_that_went_come_together() -> None:
    theirs, yours = f"New.\n{BASE}", BASE.replace("Four.\n", "")

    assert merged(theirs, yours) == Merged("New.\nOne here. Two here.\nThree.\n")


def test_one_sentence_that_both_changed_stands_twice_with_whose_it_is() -> None:
    theirs, yours = BASE.replace("Three", "3"), BASE.replace("Three", "III")

    found = merged(theirs, yours)

    assert found.overlaps == 1
    assert found.text.splitlines() == [
        "One here. Two here.",
        ">>>>> Both of you changed this place. Revision 2 by edda says:",
        "3.",
        ">>>>> You wrote:",
        "III.",
        ">>>>> End of this place. Keep what is right, delete these three lines.",
        "Four.",
    ]
    assert marks_in(found.text) == [2, 4, 6]


def test_a_line_changed_here_and_deleted_there_is_not_lost() -> None:
    found = merged(BASE.replace("Three.\n", ""), BASE.replace("Three", "III"))

    assert found.overlaps == 1
    assert "III.\n" in found.text


def test_texts_that_both_began_anew_stand_both_whole() -> None:
    found = merged("Theirs.", "Yours.", base="")

    assert found.overlaps == 1
    assert "Theirs.\n" in found.text
    assert "Yours.\n" in found.text


def test_a_text_without_marks_has_none() -> None:
    assert marks_in("> A quote.\n>> Another.\n") == []


texts = st.lists(st.sampled_from(["a", "b", "A. B.", "A. C.", ""]), max_size=6).map(
    lambda lines: "".join(f"{line}\n" for line in lines)
)


@given(texts, texts)
def test_who_changed_nothing_gets_the_other_text(base: str, other: str) -> None:
    assert merged(other, base, base) == Merged(other)
    assert merged(base, other, base) == Merged(other)


@given(texts, texts)
def test_the_same_change_is_taken_once(base: str, both: str) -> None:
    assert merged(both, both, base) == Merged(both)


@given(texts, texts, texts)
def test_no_new_line_of_either_side_is_lost(base: str, theirs: str, yours: str) -> None:
    found = merged(theirs, yours, base).text

    for side in (theirs, yours):
        for line in set(side.splitlines()) - set(base.splitlines()):
            if "." not in line:
                assert line in found.splitlines()


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_last_line_without_an_end_is_a_line(end: str) -> None:
    assert merged(f"a\nB{end}", "A\nb", "a\nb") == Merged("A\nB\n")
    assert MARK not in merged("a", "a\n", "a").text
