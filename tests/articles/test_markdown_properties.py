"""What holds for every text, tried on texts made by chance."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from articles.markdown import Rendered, render
from tests.articles.html_tree import Elements
from tests.articles.test_markdown_hostile import assert_harmless

WORD = re.compile(r"w\d+w")
# § stands for a word that a reader must meet.
PIECES = [
    "§", "§ §", "*§*", "**§**", "_§", "`§`", "\\§", "&amp;§", "<b>§</b>", "- §",
    "  - §", "1. §", "> §", ">> §", "    §", "\t§", "## §", "# §", "##### §",
    "## § {#own}",
    "---", "***", "===", "```", "~~~", "|§|§|", "|-|-|", "|§|§|§|", "|§", "Table: §",
    "§[^1]",
    "[^1]: §", "[^2]: § [^1]", "[^9] §", "[^3]:", "[§](page:home)", "[§](doctors:a/tx)",
    "[§](#own)", "[§](/articles/a/)", "[§](https://a.example)", "[§](x:y)", "[§][r]",
    "[r]: article:z", "[a [§](page:b) §](page:c)", "![§](/media/a.png)", "[§]{lang=es}",
    '![§](/media/a.png "§")', "![§](article:x)", "[§]{.c}", "::: tip", "::: warning §",
    "::: emergency §", "::: do", "::: dont §", "::: checklist", "::: Tip §", ":::: tip",
    ":::", "::::", "  :::", "§\n: §", ": §", "", "", "- - - §", "> > > §", "[§", "§](",
    "> ::: tip", "- ::: tip", "[^1]: - §", "[§[^1]](page:a)", "<https://a.example>",
    "!", "\\",
]  # fmt: skip
MARGINS = ["", "", "", "  ", "    ", "> ", "- "]
LINES = st.tuples(st.sampled_from(MARGINS), st.sampled_from(PIECES)).map("".join)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return lines of Markdown whose words are w1w, w2w and so on."""
    first, *others = "\n".join(draw(st.lists(LINES, min_size=1, max_size=12))).split(
        "§"
    )
    return first + "".join(
        f"w{number}w{rest}" for number, rest in enumerate(others, start=1)
    )


def assert_consistent(source: str, rendered: Rendered) -> None:
    assert_harmless(rendered.html)
    links = Elements(rendered.html).named("a")
    placed = [link["data-crosslink"] for link in links if "data-crosslink" in link]
    assert placed == [str(number) for number in range(len(rendered.references))]
    assert placed == re.findall(r'<a data-crosslink="(\d+)">', rendered.html)
    lines = re.split(r"\r\n?|\n", source)
    for found in [*rendered.references, *rendered.problems]:
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1


@settings(max_examples=400)
@given(texts())
def test_every_word_reaches_the_reader_and_nothing_else_does(source: str) -> None:
    rendered = render(source)

    assert_consistent(source, rendered)
    page = Elements(rendered.html)
    seen = page.text + " ".join(image["alt"] for image in page.named("img"))
    assert set(WORD.findall(source)) <= set(WORD.findall(seen))
    assert set(WORD.findall(source)) <= set(WORD.findall(rendered.text))


@settings(max_examples=300)
@given(
    st.text(
        st.sampled_from("ab \n\t\r[](){}<>!*_`~:^|-#&;\\/\"'.0\0\x0bé=+"), max_size=80
    )
)
def test_any_signs_come_out_harmless(source: str) -> None:
    assert_consistent(source, render(source))


@settings(max_examples=200)
@given(st.text(max_size=200))
def test_any_letters_come_out_harmless(source: str) -> None:
    assert_consistent(source, render(source))
