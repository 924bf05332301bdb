"""What tests of the rules are made of."""

from articles.checks import RULES, Facts, Finding, Report, run
from articles.checks.rule import Example
from articles.markdown import render


def ask(rule: str, source: str, **given: object) -> list[Finding]:
    """Return what one rule says about a text."""
    return [each for each in report(source, **given).findings if each.rule == rule]


def report(source: str, **given: object) -> Report:
    """Ask all rules about a text."""
    values = {
        "title": "A title",
        "description": "",
        "is_health": True,
        "facts": Facts(),
    }
    return run(render(source), **values | given)


def ask_about(rule: str, example: Example) -> list[Finding]:
    """Return what a rule says about one of the examples that stand beside it."""
    return ask(
        rule,
        example.source,
        title=example.title,
        description=example.description,
        facts=example.facts,
    )


def lines(findings: list[Finding]) -> list[int | None]:
    return [each.line for each in findings]


def passages(findings: list[Finding]) -> list[str]:
    return [each.passage for each in findings]


TABLE = """
heading-order B
heading-form W
link-text B
link-target B
link-external W
alt-text B
alt-length W
table-header W
when-to-get-help B
care-card W
warnings-rare W
dont-items B
key-points W
sentence-length W
paragraph-length I
reading-grade W
passive I
plain-words W
abbreviation W
numbers I
vague-risk I
skin-tone W
sources B
source-age I
people B
fresh B
description W
"""
DEMANDED = dict(line.split() for line in TABLE.strip().splitlines())
assert len(RULES) > 20
