"""A guide as its rules see it: passages, links, pictures, blocks and tables with lines.

Read from the tokens of the one parse (``articles.markdown.render``).
"""

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property

from markdown_it.token import Token

from articles.markdown import Problem, Rendered
from articles.markdown.linking import words_of_link
from articles.markdown.words import BREAKS, line_of, plain
from articles.sentences import sentences

# the token before running text -> what the passage is
KINDS = {
    "block_title_open": "title",
    "caption_open": "caption",
    "dt_open": "term",
    "figure_open": "figure",
    "heading_open": "heading",
    "td_open": "cell",
    "th_open": "cell",
}
# Whole sentences that are read one after the other.
RUNNING = frozenset({"paragraph", "item"})


@dataclass(frozen=True)
class Sentence:
    """One sentence and the line on which it begins."""

    text: str
    line: int


@dataclass(frozen=True)
class Passage:
    """A paragraph, an entry of a list, a heading, a cell … in one line of plain words.

    ``level`` is that of a heading as written; ``section`` counts the headings above;
    ``blocks`` names the blocks around, outermost first.
    """

    kind: str
    text: str
    line: int
    section: int
    blocks: tuple[str, ...] = ()
    level: int = 0
    is_bold: bool = False
    breaks: tuple[int, ...] = ()

    def line_at(self, offset: int) -> int:
        """Return the line of an offset in ``text``."""
        return self.line + bisect_right(self.breaks, offset)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """Its sentences with their lines."""
        return [Sentence(s, self.line_at(at)) for at, s in sentences(self.text)]


@dataclass(frozen=True)
class Link:
    """A link that works: ``target`` is ``kind:key``, ``#id`` or an address."""

    text: str
    target: str
    line: int
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A picture with its description and its caption."""

    alt: str
    caption: str
    address: str
    line: int


@dataclass(frozen=True)
class Block:
    """A block; ``holds`` is the type of its first token, ``before`` what follows it."""

    name: str
    title: str
    line: int
    holds: str = ""
    before: str = ""
    items: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table by what its first row says."""

    header: tuple[str, ...]
    line: int


@dataclass
class Guide:
    """All of it, in the order of the text."""

    title: str
    description: str
    problems: list[Problem] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)

    def of_kind(self, *kinds: str) -> list[Passage]:
        """Return the passages of some kinds."""
        return [passage for passage in self.passages if passage.kind in kinds]

    @cached_property
    def running(self) -> list[Passage]:
        """Paragraphs and entries of lists: what formulas and rules of style read."""
        return self.of_kind(*RUNNING)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences of ``running``; an entry of a list is at least one."""
        return [each for passage in self.running for each in passage.sentences]


def read_guide(rendered: Rendered, *, title: str = "", description: str = "") -> Guide:
    """Return a guide for the rules to look at."""
    guide = Guide(title, description, problems=rendered.problems)
    _Reader(guide, rendered).read()
    return guide


class _Reader:
    """Goes through the tokens once."""

    def __init__(self, guide: Guide, rendered: Rendered) -> None:
        self.guide = guide
        self.rendered = rendered
        self.tokens = rendered.tokens
        self.section = 0
        self.list_depth = 0
        self.open_blocks: list[tuple[int, str]] = []  # (place in guide.blocks, name)
        self.in_notes = False

    def read(self) -> None:
        for index, token in enumerate(self.tokens):
            match token.type:
                case "heading_open":
                    self.section += 1
                case "list_item_open":
                    self.list_depth += 1
                case "list_item_close":
                    self.list_depth -= 1
                case "notes_open":
                    self.in_notes = True
                case "block_open":
                    self._open_block(index, token)
                case "block_close":
                    self._close_block(index)
                case "table_open":
                    self.guide.tables.append(Table(self._header(index), line_of(token)))
                case "inline":
                    self._read_inline(index, token)

    def _open_block(self, index: int, token: Token) -> None:
        first = index + 1
        title = ""
        if self._type(first) == "block_title_open":
            title = plain(self.tokens[first + 1].children)
            first += 3
        self.open_blocks.append((len(self.guide.blocks), token.info))
        block = Block(token.info, title, line_of(token), holds=self._type(first))
        self.guide.blocks.append(block)

    def _close_block(self, index: int) -> None:
        place, _name = self.open_blocks.pop()
        block = self.guide.blocks[place]
        following = self.tokens[index + 1] if index + 1 < len(self.tokens) else None
        before = following.type if following else ""
        if following is not None and before == "block_open":
            before = following.info
        self.guide.blocks[place] = replace(block, before=before)

    def _type(self, index: int) -> str:
        return self.tokens[index].type if index < len(self.tokens) else ""

    def _header(self, index: int) -> tuple[str, ...]:
        cells: list[str] = []
        while self.tokens[index].type != "tr_close":
            if self.tokens[index - 1].type == "th_open":
                cells.append(plain(self.tokens[index].children))
            index += 1
        return tuple(cells)

    def _read_inline(self, index: int, inline: Token) -> None:
        opening = self.tokens[index - 1]
        kind = KINDS.get(opening.type, "item" if self.list_depth else "paragraph")
        if self.in_notes:
            kind = "note"
        blocks = tuple(name for _, name in self.open_blocks)
        children = inline.children or []
        text, breaks = _flatten(children)
        passage = Passage(
            kind,
            text,
            line_of(inline),
            self.section,
            blocks,
            level=opening.meta.get("written_level", 0),
            is_bold=_is_bold(children),
            breaks=breaks,
        )
        self._read_children(children, passage)
        if text and kind != "figure":
            self.guide.passages.append(passage)
            self._add_item(index, passage)

    def _add_item(self, index: int, passage: Passage) -> None:
        """Note an entry of a list at the innermost block around it."""
        if not self.open_blocks or self._type(index - 2) != "list_item_open":
            return
        place = self.open_blocks[-1][0]
        block = self.guide.blocks[place]
        self.guide.blocks[place] = replace(block, items=(*block.items, passage))

    def _read_children(self, children: list[Token], passage: Passage) -> None:
        line = passage.line
        for place, token in enumerate(children):
            if token.type in BREAKS:
                line += 1
            elif token.type == "image":
                caption = " ".join(each.content for each in children[place + 1 :])
                address = str(token.attrs.get("src", ""))
                alt = plain(token.children)
                self.guide.pictures.append(Picture(alt, caption.strip(), address, line))
            elif token.type == "link_open" and not token.hidden:
                text = words_of_link(children, place)
                target = self._target(token)
                self.guide.links.append(Link(text, target, line, passage.blocks))

    def _target(self, token: Token) -> str:
        if "data-crosslink" in token.attrs:
            position = int(token.attrs["data-crosslink"])
            reference = self.rendered.references[position]
            return f"{reference.kind}:{reference.key}"
        return str(token.attrs["href"])


def _flatten(children: list[Token]) -> tuple[str, tuple[int, ...]]:
    """Return plain words with the offsets at which a new line of the source begins."""
    parts: list[str] = []
    breaks: list[int] = []
    length = 0
    for token in children:
        if token.type in BREAKS:
            breaks.append(length + 1)
            parts.append(" ")
        else:
            parts.append(plain([token]) if token.type == "image" else token.content)
        length += len(parts[-1])
    return "".join(parts).rstrip(), tuple(breaks)


def _is_bold(children: list[Token]) -> bool:
    """Whether all words stand in one pair of ``**``."""
    said = [each for each in children if each.type != "text" or each.content.strip()]
    return (
        len(said) > 2
        and said[0].type == "strong_open"
        and said[-1].type == "strong_close"
        and all(each.type != "strong_close" for each in said[:-1])
    )
