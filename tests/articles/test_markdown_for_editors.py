"""What docs/editors.md teaches is what the renderer does."""

import re
from pathlib import Path

import pytest

from articles.markdown import blocks, links, render

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "editors.md").read_text()
EXAMPLE = re.compile(r"^```markdown( wrong)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [(bool(wrong), source) for wrong, source in EXAMPLE.findall(PAGE)]
RIGHT = [source for wrong, source in EXAMPLES if not wrong]
WRONG = [source for wrong, source in EXAMPLES if wrong]


@pytest.mark.parametrize("source", RIGHT)
def test_an_example_renders_without_a_problem(source: str) -> None:
    rendered = render(source)

    assert rendered.problems == []
    assert rendered.html


@pytest.mark.parametrize("source", WRONG)
def test_an_example_of_what_is_wrong_is_reported(source: str) -> None:
    codes = [problem.code for problem in render(source).problems]

    assert codes == ["link-path", "block-unknown"]


def test_the_examples_were_found_and_teach_every_block_and_every_kind() -> None:
    together = "\n".join(RIGHT)

    assert len(RIGHT) >= 14
    assert len(WRONG) == 1
    assert [name for name in blocks.KINDS if f"::: {name}" not in together] == []
    assert [kind for kind in links.KINDS if f"]({kind}:" not in together] == []


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("[recovery](/articles/knee/)", "link-path"),
        ("[recovery](Article:knee)", "link-kind-unknown"),
        ("::: Emergency\na\n:::", "block-unknown"),
        ("::: do Try this\n- a\n:::", "block-title-unwanted"),
        ("# Heading", "heading-level"),
        ("[see](#somewhere)", "link-anchor-missing"),
        ("![](article:knee)", "image-address"),
    ],
)
def test_the_table_of_what_is_wrong_is_true(source: str, code: str) -> None:
    assert f"`{source.splitlines()[0]}`" in PAGE
    assert [problem.code for problem in render(source).problems] == [code]
