"""Headings with stable ids, the contents list, and where block titles stand in it."""

import re
import unicodedata

from markdown_it.token import Token

from articles.markdown.blocks import KINDS
from articles.markdown.desk import Desk
from articles.markdown.rendered import Heading
from articles.markdown.words import line_of, plain

# The page around the text has these ids (templates/articles/).
TAKEN_IDS = frozenset({"content", "feedback-title"})
LONGEST_ID = 60
HIGHEST, LOWEST = 2, 4
CONTENTS_LEVELS = {2, 3}

BRACES_AT_END = re.compile(r"\s*\{([^{}]*)\}\s*$")
ID = re.compile(r"#([a-z0-9]+(?:-[a-z0-9]+)*)")
NOT_IN_AN_ID = re.compile(r"[\W_]+")


def outline(tokens: list[Token], desk: Desk) -> list[Heading]:
    """Give headings their ids, block titles their level; return the contents list."""
    headings = [
        (tokens[index], tokens[index + 1], tokens[index + 2])
        for index, token in enumerate(tokens)
        if token.type == "heading_open"
    ]
    taken = set(TAKEN_IDS)
    chosen = [_chosen_id(inline, desk, taken) for _, inline, _ in headings]
    counts: dict[str, int] = {}
    contents: list[Heading] = []
    for (opening, inline, closing), wanted in zip(headings, chosen, strict=True):
        level = _settle_level(opening, closing, desk)
        text = plain(inline.children)
        own = wanted or _unused(slug(text), taken, counts)
        opening.attrs["id"] = own
        desk.ids.add(own)
        if not text:
            message = "This heading has no words. Write some, or take it away."
            desk.problem(line_of(opening), 1, "heading-empty", message)
        elif opening.level == 0 and level in CONTENTS_LEVELS:
            contents.append(Heading(own, text, level))
    _place_blocks(tokens)
    return contents


def slug(text: str) -> str:
    """Return an id for a heading's words: "Café, at home" gives "cafe-at-home"."""
    letters = unicodedata.normalize("NFKD", text[: LONGEST_ID * 4]).casefold()
    letters = "".join(each for each in letters if not unicodedata.combining(each))
    words = NOT_IN_AN_ID.sub("-", unicodedata.normalize("NFC", letters))
    return words[:LONGEST_ID].strip("-") or "section"


def _chosen_id(inline: Token, desk: Desk, taken: set[str]) -> str:
    """Take ``{#id}`` off the end of a heading and return the id, if it may be used."""
    last = inline.children[-1] if inline.children else None
    if last is None or last.type != "text" or not last.content.rstrip().endswith("}"):
        return ""
    braces = BRACES_AT_END.search(last.content)
    found = ID.fullmatch(braces[1].strip()) if braces else None
    at = max(inline.content.rfind("{"), 0)
    if braces is None or found is None:
        message = "In braces a heading takes an id of small letters: {#getting-ready}"
        desk.problem_in(inline, at, "attributes-unknown", message)
        return ""
    last.content = last.content[: braces.start()]
    if found[1] in taken:
        message = f"The id “{found[1]}” is taken already. Choose another one."
        desk.problem_in(inline, at, "id-taken", message)
        return ""
    taken.add(found[1])
    return found[1]


def _unused(wanted: str, taken: set[str], counts: dict[str, int]) -> str:
    own = wanted
    while own in taken:
        counts[wanted] = counts.get(wanted, 1) + 1
        own = f"{wanted}-{counts[wanted]}"
    taken.add(own)
    return own


def _settle_level(opening: Token, closing: Token, desk: Desk) -> int:
    """Show a heading that is too high or too low as the nearest level."""
    level = opening.meta["written_level"] = int(opening.tag[1])
    message = ""
    if level < HIGHEST:
        message = "The page's title is the only heading of level 1. Begin here with ##"
    elif level > LOWEST:
        message = (
            "Headings go down to ####. Write this one as words in bold, or a list."
        )
    if message:
        desk.problem(line_of(opening), 1, "heading-level", message)
    level = min(max(level, HIGHEST), LOWEST)
    opening.tag = closing.tag = f"h{level}"
    return level


def _place_blocks(tokens: list[Token]) -> None:
    """Note each block's number, and the level of a care card's heading."""
    heading = 1
    number = 0
    inside: list[str] = []
    for token in tokens:
        if token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "block_open":
            number += 1
            inside.append(token.info)
            level = heading + 1
            tag = f"h{level}" if KINDS[token.info].is_care_card else "p"
            token.meta |= {"number": number, "tag": tag}
        elif token.type == "block_close":
            inside.pop()
        elif token.type in {"block_title_open", "block_title_close"}:
            token.meta |= {"number": number, "tag": tag, "kind": inside[-1]}
        elif token.type == "bullet_list_open" and inside and _has_drawn_marks(inside):
            token.attrs["role"] = "list"  # Safari forgets lists without marks


def _has_drawn_marks(inside: list[str]) -> bool:
    return any(KINDS[name].holds_list for name in inside)
