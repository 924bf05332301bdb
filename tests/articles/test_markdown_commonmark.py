"""The parser against the examples of the CommonMark specification, version 0.31.2.

The file is read from tests/data/commonmark; its licence stands beside it. Rendered with
markdown-it's own renderer: our ids, figures and cross-links have tables of their own.
"""

import re
from pathlib import Path

import pytest

from articles.markdown.parser import new_parser
from tests.articles.html_tree import Elements, Normal

SPECIFICATION = (
    Path(__file__).resolve().parent.parent / "data" / "commonmark" / "spec-0.31.2.txt"
)
EXAMPLE = re.compile(
    r"^`{32} example\n(.*?)^\.\n(.*?)^`{32}$", re.MULTILINE | re.DOTALL
)

# The examples with raw HTML, by the specification's sections: it comes out as typed.
RAW_HTML = [
    # Backslash escapes, Entity and numeric character references
    *(21, 31),
    # HTML blocks
    *(148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163),
    *(164, 165, 166, 167, 168, 169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179),
    *(180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 191),
    # Link reference definitions, Lists, Code spans
    *(201, 308, 309, 344),
    # Emphasis and strong emphasis, Links
    *(475, 476, 477, 491, 494, 524, 536),
    # Raw HTML, Hard line breaks
    *(613, 614, 615, 616, 617, 623, 625, 626, 627, 628, 629, 630, 631, 642, 643),
]
MARKDOWN_TAGS = {
    "a", "blockquote", "br", "code", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "img", "li", "ol", "p", "pre", "strong", "ul",
}  # fmt: skip


def read_examples() -> dict[int, tuple[str, str]]:
    text = SPECIFICATION.read_text().replace("→", "\t")
    return dict(enumerate(EXAMPLE.findall(text), start=1))


EXAMPLES = read_examples()


def test_all_examples_were_read() -> None:
    assert len(EXAMPLES) == 652
    assert EXAMPLES[1] == (
        "\tfoo\tbaz\t\tbim\n",
        "<pre><code>foo\tbaz\t\tbim\n</code></pre>\n",
    )
    assert len(set(RAW_HTML)) == 72


@pytest.mark.parametrize("number", sorted(EXAMPLES.keys() - set(RAW_HTML)))
def test_an_example_renders_as_the_specification_says(number: int) -> None:
    source, expected = EXAMPLES[number]

    html = new_parser().render(source)

    assert Normal(html).form == Normal(expected).form


@pytest.mark.parametrize("number", RAW_HTML)
def test_raw_html_comes_out_as_the_text_that_was_typed(number: int) -> None:
    source, expected = EXAMPLES[number]

    html = new_parser().render(source)

    assert Normal(html).form != Normal(expected).form
    assert "&lt;" in html
    assert {tag for tag, _ in Elements(html).tags} <= MARKDOWN_TAGS


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>a  b\n c</p>", "<p>a b c</p>"),
        ("<p>a</p>\n<p> b </p>", "<p>a</p><p>b</p>"),
        ('<a title="x" href="y">', '<a href="y" title="x">'),
        ("<p>&quot;&#39;</p>", "<p>\"'</p>"),
        ("<hr />", "<hr>"),
    ],
)
def test_the_normal_form_joins_what_is_the_same(one: str, other: str) -> None:
    assert Normal(one).form == Normal(other).form


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<pre>a  b</pre>", "<pre>a b</pre>"),
        ("<p>a b</p>", "<p>ab</p>"),
        ("<em>a</em> b", "<em>a</em>b"),
        ('<a href="x">', '<a href="y">'),
        ("<p>&lt;b&gt;</p>", "<p><b></p>"),
    ],
)
def test_the_normal_form_keeps_apart_what_is_not(one: str, other: str) -> None:
    assert Normal(one).form != Normal(other).form
