"""What the renderer found: Markdown that does not say what was meant."""

from collections.abc import Iterator

from articles.checks.guide import Guide
from articles.checks.rule import Example, Facts, Found, Rule, Severity

# Rules of their own, which may be switched off.
REPORTED_ELSEWHERE = frozenset({"heading-level", "note-unused"})


def well_formed(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find blocks that do not close, links that are none, and all else malformed."""
    for problem in guide.problems:
        if problem.code not in REPORTED_ELSEWHERE:
            yield Found(problem.message, problem.line)


RULES = (
    Rule(
        "well-formed",
        Severity.BLOCKS,
        "The text says in Markdown what was meant. This rule cannot be switched off.",
        "This site's text engine",
        well_formed,
        good=Example("::: tip\nBring someone along.\n:::"),
        bad=Example("::: tip\nBring someone along."),
    ),
)
