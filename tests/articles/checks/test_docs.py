"""docs/editors.md lists the rules as they are."""

from pathlib import Path

import pytest

from articles.checks import RULES, Rule, Severity
from articles.checks.rule import Example

PAGE = Path(__file__).resolve().parents[3] / "docs" / "editors.md"
BEGIN, END = "<!-- rules -->\n", "<!-- end of rules -->"
GOES = {
    Severity.BLOCKS: "keeps a text from being published",
    Severity.WARNS: "needs your tick “I looked at this”",
    Severity.INFORMS: "informs",
}


def section() -> str:
    return BEGIN + "\n" + "\n".join(described(rule) for rule in RULES.values()) + END


def described(rule: Rule) -> str:
    return (
        f"### {rule.title}\n\n"
        f"{rule.demand} (`{rule.id}`, {GOES[rule.severity]}; {rule.source}.)\n\n"
        f"Yes:\n\n{shown(rule.good)}\nNo:\n\n{shown(rule.bad)}"
    )


def shown(example: Example) -> str:
    words = example.shown or example.source or example.description
    return f"```text\n{words}\n```\n"


def test_the_page_describes_every_rule_as_it_is() -> None:
    page = PAGE.read_text()

    assert section() in page, "write section() between the two marks of docs/editors.md"


@pytest.mark.parametrize("words", ["### Sentence length", "```text\n"])
def test_the_section_was_written(words: str) -> None:
    assert section().count(words) >= 1
