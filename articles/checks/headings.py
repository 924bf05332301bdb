"""Headings, and what stands before the first of them."""

import re
from collections.abc import Iterator

from articles.checks.guide import Guide, Passage
from articles.checks.rule import Example, Facts, Found, Rule, Severity
from articles.checks.word_lists import lines
from articles.sentences import words

LONGEST_HEADING = 65
SUMMARY_WORDS = 60
CAPITALS = 0.6  # more capitalized long words than this is title case
LONG_WORD = 4


def heading_order(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find skipped levels; the renderer reports those too high or too low."""
    for problem in guide.problems:
        if problem.code == "heading-level":
            yield Found(problem.message, problem.line)
    before = 1
    for heading in guide.of_kind("heading"):
        if heading.level > before + 1:
            yield Found(
                f"is a heading of level {heading.level}, but the one above has level "
                f"{before}. Write it with {'#' * (before + 1)}",
                heading.line,
                heading.text,
            )
        before = max(heading.level, 1)


def heading_form(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find title case, full stops, long headings, and paragraphs in bold instead."""
    for heading in guide.of_kind("heading", "title"):
        if heading.text.endswith("."):
            yield _found(heading, "ends with a full stop. Take it away.")
        if len(heading.text) > LONGEST_HEADING:
            yield _found(
                heading,
                f"has {len(heading.text)} characters. At most {LONGEST_HEADING} are "
                "read at a glance.",
            )
        if _is_title_case(heading.text):
            yield _found(
                heading,
                "has Capitals Like This. Only the first word and names take a capital.",
            )
    for passage in guide.of_kind("paragraph"):
        if passage.is_bold and not passage.blocks:
            yield _found(
                passage,
                "is a paragraph in bold alone. If it is a heading, begin it with ##; "
                "listeners jump from heading to heading.",
            )


def _found(passage: Passage, message: str) -> Found:
    return Found(message, passage.line, passage.text)


def _is_title_case(text: str) -> bool:
    names = set(lines("names"))
    later = [
        word
        for word in re.findall(r"(?<![:?!.] )(?<!^)\b[^\W\d_]+", text)
        if len(word) >= LONG_WORD and word not in names and not word.isupper()
    ]
    capitals = [word for word in later if word[0].isupper()]
    return len(capitals) >= 2 and len(capitals) > CAPITALS * len(later)


def key_points(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find that nothing above the first heading says what matters."""
    first = [each for each in guide.running if each.section == 0]
    if not any(_may_be_a_summary(each) for each in first):
        yield Found(
            "The guide does not begin with what matters most. Put a key-points block, "
            f"or a paragraph of at most {SUMMARY_WORDS} words, above the first heading."
        )


def _may_be_a_summary(passage: Passage) -> bool:
    is_short = len(words(passage.text)) <= SUMMARY_WORDS
    is_paragraph = passage.kind == "paragraph"
    return "key-points" in passage.blocks or (is_paragraph and is_short)


RULES = (
    Rule(
        "heading-order",
        Severity.BLOCKS,
        "Headings begin with ##, skip no level, and go down to ####.",
        "NHS digital service manual, accessibility guidance: content; WCAG 2.2, 1.3.1",
        heading_order,
        good=Example("## Getting ready\n\n### The week before\n\nWords."),
        bad=Example("## Getting ready\n\n#### The week before\n\nWords."),
    ),
    Rule(
        "heading-form",
        Severity.WARNS,
        "Headings are in sentence case, without a full stop, at most 65 characters. A "
        "paragraph in bold is no heading.",
        "GOV.UK Design System, headings: sentence case; this site's content rules",
        heading_form,
        good=Example("## How to get ready for surgery\n\nWords."),
        bad=Example("## How To Get Ready For Your Surgery.\n\nWords."),
    ),
    Rule(
        "key-points",
        Severity.WARNS,
        "What matters most stands before the first heading: a key-points block, or a "
        "paragraph of at most 60 words.",
        "CDC Clear Communication Index: main message at the top",
        key_points,
        good=Example("::: key-points\n- Asking is normal.\n:::\n\n## Why\n\nWords."),
        bad=Example("## Why\n\nAsking is normal."),
    ),
)
