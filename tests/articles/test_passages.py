"""Passages and blocks of what the renderer makes."""

from itertools import pairwise

import pytest

from articles.markdown import render
from articles.passages import block_ends, passages_of

TEXTS = {
    "nothing": "",
    "words": "One.",
    "a rule": "One.\n\n---\n\nTwo.",
    "a list": "- One\n- Two\n\n  Three\n\nFour.",
    "a table": "| A | B |\n|---|---|\n| 1 | 2 |\n\nAfter.",
    "signs": "1 < 2 & 3 > 2.\n\n> Said.\n\n    code > here",
}


@pytest.mark.parametrize("name", TEXTS)
def test_blocks_are_the_whole_and_split_no_passage(name: str) -> None:
    html = render(TEXTS[name]).html

    ends = [0, *block_ends(html)]
    blocks = [html[a:b] for a, b in pairwise(ends)]

    assert "".join(blocks).strip() == html.strip()
    assert [each for block in blocks for each in passages_of(block)] == passages_of(
        html
    )


def test_passages_are_paragraphs_headings_items_and_cells() -> None:
    html = "<h2>A</h2><p>B <em>c</em>\n d</p><ul><li>E<ul><li>F</li></ul></li></ul>G"

    assert passages_of(html) == ["A", "B c d", "E", "F", "G"]
