"""Blocks: when to get help, warnings, what not to do."""

import re
from collections.abc import Iterator

from articles.checks.guide import Block, Guide
from articles.checks.rule import Example, Facts, Found, Rule, Severity
from articles.checks.word_lists import lines, pattern
from articles.markdown.blocks import KINDS

CARE_CARDS = frozenset(name for name, kind in KINDS.items() if kind.is_care_card)
MOST_WARNINGS = 2
# What may follow a card: a heading, another card (its title is a heading), the end.
AFTER_A_CARD = CARE_CARDS | {"", "heading_open", "notes_open", "block_close"}
NUMBER = re.compile(r"\d[\d ().-]*")
DO_NOT = re.compile(r"\b(?:do not|never)\b", re.IGNORECASE)


def when_to_get_help(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find that no block says when to get help, or none says it for an emergency."""
    names = {block.name for block in guide.blocks}
    if not names & CARE_CARDS:
        yield Found(
            "The guide does not say when to get help. Add an emergency, urgent or "
            "see-doctor block, or say why this guide needs none."
        )
    elif "emergency" not in names:
        yield from _first_emergency_sign(guide)


def _first_emergency_sign(guide: Guide) -> Iterator[Found]:
    """Find the first words that send a reader to an emergency number at once."""
    for passage in guide.passages:
        found = pattern("emergency_signs").search(passage.text)
        if found and passage.kind != "note":
            message = (
                "can be an emergency, and no emergency block says where to go. Add one."
            )
            line = passage.line_at(found.start())
            yield Found(message, line, found[0], Severity.WARNS)
            return


def care_card(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find cards that do not say what to do, and for which signs."""
    actions = set(lines("actions"))
    for block in guide.blocks:
        if block.name not in CARE_CARDS:
            continue
        first = block.title.split()[:1]
        if first and first[0].casefold().strip(",:") not in actions:
            message = (
                "does not begin with what to do. Begin with a verb: Call, Go to, Ask."
            )
            yield Found(message, block.line, block.title)
        if block.holds != "bullet_list_open":
            message = "After its title comes a list, so that each sign can be found."
            yield Found(message, block.line, block.title)
        if block.before not in AFTER_A_CARD:
            message = (
                "After the block comes a heading. Otherwise listeners hear what "
                "follows as a part of it."
            )
            yield Found(message, block.line, block.title)
        if block.name == "emergency" and not _says_where_to_go(block.title):
            message = (
                "does not say where to go. Name an emergency number, or the emergency "
                "department."
            )
            yield Found(message, block.line, block.title)
    yield from _links_in_emergencies(guide)


def _says_where_to_go(title: str) -> bool:
    dialed = {re.sub(r"\D", "", found) for found in NUMBER.findall(title)}
    named = pattern("emergency_places").search(title)
    return bool(named or dialed & set(lines("emergency_numbers")))


def _links_in_emergencies(guide: Guide) -> Iterator[Found]:
    numbers = set(lines("emergency_numbers"))
    for link in guide.links:
        is_number = re.sub(r"\D", "", link.target) in numbers
        is_call = link.target.startswith("tel:") and is_number
        if "emergency" in link.blocks and not (
            is_call or link.target.startswith("hospital:")
        ):
            message = (
                "is a link in an emergency block. Only an emergency number and the "
                "nearest emergency department may be links there."
            )
            yield Found(message, link.line, link.text)


def warnings_rare(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find the third warning and all after it."""
    warnings = [block for block in guide.blocks if block.name == "warning"]
    for number, block in enumerate(warnings[MOST_WARNINGS:], MOST_WARNINGS + 1):
        message = (
            f"is warning {number}. With more than {MOST_WARNINGS} none is seen. Keep "
            "those that matter most."
        )
        yield Found(message, block.line, block.title)


def dont_items(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find lines of a don't list that advise what they warn of when read alone."""
    for block in guide.blocks:
        if block.name == "dont":
            yield from _without_do_not(block)


def _without_do_not(block: Block) -> Iterator[Found]:
    for item in block.items:
        if not DO_NOT.search(item.text):
            message = (
                "does not say “do not”. Read alone, it advises what you warn of. Begin "
                "the line with “Do not”."
            )
            yield Found(message, item.line, item.text)


RULES = (
    Rule(
        "when-to-get-help",
        Severity.BLOCKS,
        "A health guide says when to get help: an emergency, urgent or see-doctor "
        "block. Where none fits, the tick beside the finding asks why not. Where the "
        "text names a sign such as chest pain, you are warned until there is an "
        "emergency block.",
        "NHS design system: care cards; this site's content rules",
        when_to_get_help,
        good=Example("::: see-doctor Call your doctor if\n- The pain stays.\n:::"),
        bad=Example("Most pain goes away by itself."),
        health_only=True,
        takes_a_reason=True,
    ),
    Rule(
        "care-card",
        Severity.WARNS,
        "The title of a care card begins with what to do, a list follows, and after "
        "the card a heading. The title of an emergency card says where to go at once: "
        "an emergency number, or the emergency department. Only these two are links "
        "in it.",
        "NHS design system: care cards; this site's content rules",
        care_card,
        good=Example(
            "::: emergency Call 911 if\n- You have chest pain.\n:::\n\n## Later\n\nGo."
        ),
        bad=Example(
            "::: emergency Chest pain\nRead about [hearts](article:hearts).\n:::\n\nGo."
        ),
    ),
    Rule(
        "warnings-rare",
        Severity.WARNS,
        "A guide has at most two warning blocks. Care cards do not count.",
        "NHS design system: warning callout; the number is this site's",
        warnings_rare,
        good=Example("::: warning\nDo not stop this medicine by yourself.\n:::"),
        bad=Example(
            "::: warning\nOne.\n:::\n\n::: warning\nTwo.\n:::\n\n"
            "::: warning Too many\nThree.\n:::"
        ),
    ),
    Rule(
        "dont-items",
        Severity.BLOCKS,
        "Each line of a don't list says “do not” itself.",
        "NHS design system: do and don't lists",
        dont_items,
        good=Example("::: dont\n- Do not drive.\n:::"),
        bad=Example("::: dont\n- Drive.\n:::"),
    ),
)
