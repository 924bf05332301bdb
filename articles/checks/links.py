"""Links: their words, and whether they lead anywhere."""

import re
from collections.abc import Iterator

from articles.checks.guide import Guide
from articles.checks.rule import (
    BrokenLink,
    DeadLink,
    Example,
    Facts,
    Found,
    Rule,
    Severity,
)
from articles.checks.word_lists import lines

ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def link_text(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find words that do not say where a link leads, or that lead to two places."""
    empty = set(lines("link_words"))
    targets: dict[str, str] = {}
    for link in guide.links:
        said = " ".join(link.text.casefold().split()).rstrip(".!…: ")
        if ADDRESS.fullmatch(link.text):
            message = (
                "is a bare address. Put words that say what is there between [ and ]."
            )
            yield Found(message, link.line, link.text)
        elif said in empty:
            message = (
                "does not say where the link leads. Listeners hear it out of context."
            )
            yield Found(message, link.line, link.text)
        elif targets.setdefault(said, link.target) != link.target:
            message = (
                f"leads to {link.target} here and to {targets[said]} above. Give the "
                "two links different words."
            )
            yield Found(message, link.line, link.text)


def link_target(_guide: Guide, facts: Facts) -> Iterator[Found]:
    """Find cross-links that readers cannot follow.

    One that waits for a guide to become public only warns: of two guides that link to
    each other, neither could be the first. Readers see plain words until then.
    """
    for dead in facts.dead_links or ():
        milder = Severity.WARNS if dead.is_waiting else None
        yield Found(f"({dead.written}) {dead.message}.", dead.line, dead.text, milder)


def link_external(_guide: Guide, facts: Facts) -> Iterator[Found]:
    """Find addresses elsewhere that failed twice, a day apart."""
    for broken in facts.broken_links or ():
        yield Found(f"{broken.message}.", broken.line, broken.url)


RULES = (
    Rule(
        "link-text",
        Severity.BLOCKS,
        "The words of a link say where it leads: no “click here”, no bare address, and "
        "never the same words for two places.",
        "WCAG 2.2, 2.4.4; this site's content rules",
        link_text,
        good=Example("Read the [Merck Manual](https://www.merckmanuals.com/home)."),
        bad=Example("[Click here](https://www.merckmanuals.com/home) to read more."),
    ),
    Rule(
        "link-target",
        Severity.BLOCKS,
        "What a link of this site leads to exists. If it is not public yet, you are "
        "warned, and readers see plain words until it is.",
        "This site's content rules",
        link_target,
        good=Example("[recovery](article:knee-recovery)", facts=Facts(dead_links=())),
        bad=Example(
            "[recovery](article:knee-recovery)",
            facts=Facts(
                dead_links=[
                    DeadLink(
                        1, "article:knee-recovery", "recovery", "leads nowhere", False
                    )
                ]
            ),
            shown="A link to a guide that nobody has written.",
        ),
        needs=frozenset({"dead_links"}),
    ),
    Rule(
        "link-external",
        Severity.WARNS,
        "Other sites answered when last asked. One failure, a timeout, or “too "
        "many requests” does not count.",
        "This site's content rules",
        link_external,
        good=Example(
            "[study](https://example.org/study)", facts=Facts(broken_links=())
        ),
        bad=Example(
            "[study](https://example.org/study)",
            facts=Facts(
                broken_links=[
                    BrokenLink(1, "https://example.org/study", "answered 404")
                ]
            ),
            shown="A link to a page that has been gone for two days.",
        ),
        needs=frozenset({"broken_links"}),
    ),
)
