"""What a reviewer is shown of a change."""

from articles.differences import compare


def shown(before: str, after: str) -> list[tuple[str, str]]:
    return [(line.kind, line.text) for line in compare(before, after)]


def test_equal_texts_show_nothing() -> None:
    assert shown("One.\nTwo.", "One.\nTwo.") == []


def test_a_changed_line_stands_among_its_neighbours() -> None:
    before, after = "One.\nTwo.\nThree.", "One.\nTwo and a half.\nThree."

    assert shown(before, after) == [
        ("same", "One."),
        ("removed", "Two."),
        ("added", "Two and a half."),
        ("same", "Three."),
    ]


def test_what_lies_far_between_two_changes_is_left_out() -> None:
    before = "\n".join("abcdefgh")
    after = "\n".join("Abcdefgx")

    assert shown(before, after) == [
        ("removed", "a"),
        ("added", "A"),
        ("same", "b"),
        ("skipped", "…"),
        ("same", "g"),
        ("removed", "h"),
        ("added", "x"),
    ]


def test_lines_only_come_or_only_go() -> None:
    assert shown("", "New.") == [("added", "New.")]
    assert shown("Old.", "") == [("removed", "Old.")]
