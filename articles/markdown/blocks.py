"""Health blocks: ``::: urgent Call your doctor the same day if`` up to ``:::``.

A block opens with three or more colons, a name and, where the table below allows it, a
title; it ends at a line of as many colons. A block around another takes more colons.
What is malformed becomes ordinary text with a problem for the editor, so that an
unclosed emergency never swallows the rest of a guide.

Titles, for people who listen: the three care cards (emergency, urgent, see-doctor)
carry a real heading, one level below the heading they stand under, since people jump
from heading to heading and these must be found; it begins with the urgency in hidden
words. All other titles are paragraphs that name a group, so that they neither break the
outline nor crowd it.
"""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from articles.markdown.positions import report_at, report_line


@dataclass(frozen=True)
class Kind:
    """How one sort of block behaves.

    ``urgency`` is said in hidden words before a written title; ``title`` is shown where
    none is written. A care card needs a title of its own.
    """

    title: str
    urgency: str = ""
    is_care_card: bool = False
    takes_title: bool = True
    holds_list: bool = False


KINDS = {
    "emergency": Kind("Get help now", "Emergency: ", is_care_card=True),
    "urgent": Kind("Get help today", "Urgent advice: ", is_care_card=True),
    "see-doctor": Kind("See a doctor", "See a doctor: ", is_care_card=True),
    "warning": Kind("Warning", "Warning: "),
    "tip": Kind("Tip", "Tip: "),
    "script": Kind("Words you can say"),
    "checklist": Kind("Checklist", holds_list=True),
    "do": Kind("Do", takes_title=False, holds_list=True),
    "dont": Kind("Do not", takes_title=False, holds_list=True),
    "key-points": Kind("Key points", takes_title=False),
}

FENCE = re.compile(r"(:{3,})[ \t]*(\S*)[ \t]*(.*?)[ \t]*$")
CODE_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})")


@dataclass(frozen=True)
class Fence:
    """A line of colons: an opening one has a name, a closing one has none."""

    colons: int
    name: str
    title: str
    title_at: int


@dataclass
class Region:
    """The lines ``start`` to ``end`` of one context, and which fence ends which."""

    start: int
    end: int
    closers: dict[int, int] = field(default_factory=dict)


def block_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a block, or one line of colons that is none."""
    fence = _read_fence(state, start)
    if fence is None or state.is_code_block(start):
        return False
    if silent:
        return True
    closer = _region(state, start, end).closers.get(start)
    if _is_sound(state, start, fence, closer) and closer is not None:
        _push_block(state, start, closer, fence)
    else:
        _push_line(state, start)
    return True


def install(md: MarkdownIt) -> None:
    """Teach a parser the blocks."""
    md.block.ruler.before(
        "fence",
        "block",
        block_rule,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )


def _read_fence(state: StateBlock, line: int) -> Fence | None:
    begin = state.bMarks[line] + state.tShift[line]
    found = FENCE.match(state.src, begin, state.eMarks[line])
    if found is None:
        return None
    return Fence(len(found[1]), found[2], found[3], found.start(3))


def _is_sound(state: StateBlock, line: int, fence: Fence, closer: int | None) -> bool:
    """Return whether a line opens a block; say what is wrong where it does not."""
    explained: set[int] = state.env.setdefault("explained_closers", set())
    around: list[int] = state.env.setdefault("open_blocks", [])
    colons = ":" * fence.colons
    code = message = ""
    if not fence.name:
        if line in explained:
            return False
        code = "block-not-open"
        message = "This line closes a block, but none is open here. Remove it."
    elif fence.name not in KINDS:
        code, message = "block-unknown", _unknown_name(fence.name)
    elif closer is None:
        code = "block-not-closed"
        message = f"The block “{fence.name}” is not closed. End it with a line {colons}"
    elif around and fence.colons >= around[-1]:
        code = "block-in-block"
        message = (
            "A block stands inside another block. Give the outer one more colons than "
            f"this one ({colons}:), where it opens and where it closes."
        )
    if not message:
        return True
    if closer is not None:
        explained.add(closer)
    report_line(state, line, code, message)
    return False


def _unknown_name(name: str) -> str:
    known = ", ".join(KINDS)
    near = difflib.get_close_matches(name[:40].lower(), KINDS, n=1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return f"There is no block “{name[:40]}”.{hint} The blocks are: {known}."


def _push_block(state: StateBlock, start: int, closer: int, fence: Fence) -> None:
    kind = KINDS[fence.name]
    token = state.push("block_open", "div", 1)
    token.info = fence.name
    token.markup = ":" * fence.colons
    token.map = [start, closer]
    token.meta["has_title"] = bool(fence.title)
    if fence.title:
        push_paragraph(state, start, start + 1, fence.title, "block_title")
    _report_title(state, start, fence, kind)

    first = len(state.tokens)
    around: list[int] = state.env["open_blocks"]
    around.append(fence.colons)
    parent, last_line = state.parentType, state.lineMax
    state.parentType = "container"
    state.lineMax = closer
    state.md.block.tokenize(state, start + 1, closer)
    state.parentType, state.lineMax = parent, last_line
    around.pop()

    _report_content(state, start, fence, state.tokens[first:])
    state.push("block_close", "div", -1).info = fence.name
    state.line = closer + 1


def _report_title(state: StateBlock, line: int, fence: Fence, kind: Kind) -> None:
    if fence.title and not kind.takes_title:
        message = (
            f"The block “{fence.name}” takes no title: it says “{kind.title}” by "
            "itself. Move these words into the block."
        )
        report_at(state, line, fence.title_at, "block-title-unwanted", message)
    if not fence.title and kind.is_care_card:
        message = (
            f"The block “{fence.name}” needs a title that says what to do, for "
            f"example: ::: {fence.name} Call your doctor if"
        )
        report_line(state, line, "block-title-missing", message)


def _report_content(
    state: StateBlock, line: int, fence: Fence, content: list[Token]
) -> None:
    if not content:
        message = f"The block “{fence.name}” is empty. Write in it, or take it away."
        report_line(state, line, "block-empty", message)
    elif KINDS[fence.name].holds_list and all(
        token.type != "bullet_list_open" for token in content
    ):
        message = (
            f"The block “{fence.name}” holds a list. Begin each line with a hyphen."
        )
        report_line(state, line, "block-without-list", message)


def _push_line(state: StateBlock, line: int) -> None:
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    push_paragraph(state, line, line + 1, state.src[begin:end].strip())
    state.line = line + 1


def push_paragraph(
    state: StateBlock, start: int, end: int, content: str, name: str = "paragraph"
) -> None:
    """Add a paragraph, or a title, that stands on these lines."""
    state.push(f"{name}_open", "p", 1).map = [start, end]
    inline = state.push("inline", "", 0)
    inline.content = content
    inline.map = [start, end]
    inline.children = []
    state.push(f"{name}_close", "p", -1)


def _region(state: StateBlock, line: int, end: int) -> Region:
    """Return the pairs of fences around a line; each context is read only once."""
    regions: dict[tuple[int, int, int], Region] = state.env.setdefault("regions", {})
    key = (state.level, end, state.blkIndent)
    region = regions.get(key)
    if region is None or not region.start <= line < region.end:
        region = regions[key] = _pair_fences(state, line, end)
    return region


def _pair_fences(state: StateBlock, start: int, end: int) -> Region:
    region = Region(start, end)
    still_open: list[tuple[int, int]] = []  # (line, colons)
    waiting: dict[int, int] = {}  # colons -> how many are open
    for line in _lines_outside_code(state, start, region):
        fence = _read_fence(state, line)
        if fence is None or state.is_code_block(line):
            continue
        if fence.name:
            still_open.append((line, fence.colons))
            waiting[fence.colons] = waiting.get(fence.colons, 0) + 1
        elif waiting.get(fence.colons):
            opener, colons = still_open.pop()
            while colons != fence.colons:
                waiting[colons] -= 1
                opener, colons = still_open.pop()
            waiting[colons] -= 1
            region.closers[opener] = line
    return region


def _lines_outside_code(state: StateBlock, start: int, region: Region) -> Iterator[int]:
    """Yield lines that are not code, until the text leaves the context."""
    code = ""
    for line in range(start, region.end):
        begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
        if begin < end and state.sCount[line] < state.blkIndent:
            region.end = line
            return
        if state.src[begin : begin + 1] in {"`", "~"}:
            text = state.src[begin:end].rstrip()
            found = CODE_FENCE.match(text)
            if code and set(text) == {code[0]} and len(text) >= len(code):
                code = ""
            elif found and not code:
                code = found[1]
        elif not code:
            yield line
