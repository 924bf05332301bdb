"""Tokens to HTML, where it differs from plain CommonMark."""

from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from articles.markdown.blocks import KINDS

type Tokens = Sequence[Token]

HIDDEN = '<span class="visually-hidden">{}</span>'


class Writer(RendererHTML):
    """Each method below writes the tokens of its name."""

    def block_open(self, tokens: Tokens, idx: int, *_: object) -> str:
        """Open a block; one without a written title gets that of its kind."""
        token = tokens[idx]
        kind = KINDS[token.info]
        number = token.meta["number"]
        name = f' role="group" aria-labelledby="block--{number}"'
        block = f'<div class="block block--{token.info}"'
        block += ">\n" if kind.is_care_card else f"{name}>\n"
        if token.meta["has_title"] and kind.takes_title:
            return block
        return f"{block}{_title(token.meta, '')}{kind.title}</{token.meta['tag']}>\n"

    def block_title_open(self, tokens: Tokens, idx: int, *_: object) -> str:
        """Open a written title; where none is allowed it is a paragraph."""
        meta = tokens[idx].meta
        kind = KINDS[meta["kind"]]
        return _title(meta, kind.urgency) if kind.takes_title else "<p>"

    def block_title_close(self, tokens: Tokens, idx: int, *_: object) -> str:
        """Close a written title."""
        return f"</{tokens[idx].meta['tag']}>\n"

    def table_open(self, tokens: Tokens, idx: int, *_: object) -> str:
        """Open a table in what scrolls sideways, by keyboard too.

        A caption names the table, so what is around it does not say that again.
        """
        meta = tokens[idx].meta
        under = (
            f": {meta['under']}" if meta["under"] and not meta["has_caption"] else ""
        )
        name = escapeHtml(f"Table{under}")
        around = f'<div class="table-scroll" role="group" aria-label="{name}"'
        return f'{around} tabindex="0">\n<table>\n'

    def table_close(self, tokens: Tokens, idx: int, *_: object) -> str:
        """Close a table and what scrolls it."""
        return "</table>\n</div>\n"

    def note_ref(self, tokens: Tokens, idx: int, *_: object) -> str:
        """Write the mark that leads to a note."""
        number, mention = tokens[idx].meta["number"], tokens[idx].meta["mention"]
        return (
            f'<sup class="footnote-ref"><a href="#note--{number}" '
            f'id="{_mention_id(number, mention)}" role="doc-noteref">'
            f"{HIDDEN.format('Note ')}{number}</a></sup>"
        )

    def notes_open(self, tokens: Tokens, idx: int, *_: object) -> str:
        """Open the list of notes."""
        return (
            '<section class="footnotes" role="doc-endnotes" aria-labelledby="notes--0">'
            '\n<h2 id="notes--0">Notes</h2>\n<ol>\n'
        )

    def notes_close(self, tokens: Tokens, idx: int, *_: object) -> str:
        """Close the list of notes."""
        return "</ol>\n</section>\n"

    def note_open(self, tokens: Tokens, idx: int, *_: object) -> str:
        """Open a note."""
        return f'<li id="note--{tokens[idx].meta["number"]}">'

    def note_ways_back(self, tokens: Tokens, idx: int, *_: object) -> str:
        """Write a way back to each place that mentions the note."""
        number, mentions = tokens[idx].meta["number"], tokens[idx].meta["mentions"]
        return "".join(
            f' <a href="#{_mention_id(number, mention)}" class="footnote-backref" '
            f'role="doc-backlink">↩︎{HIDDEN.format(_way_back(mention, mentions))}</a>'
            for mention in range(1, mentions + 1)
        )

    def code_block(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType
    ) -> str:
        """Write code, which scrolls sideways by keyboard."""
        code = escapeHtml(tokens[idx].content)
        return f'<pre tabindex="0"><code>{code}</code></pre>\n'

    fence = code_block


def _title(meta: dict[str, object], urgency: str) -> str:
    hidden = HIDDEN.format(urgency) if urgency else ""
    name = f'class="block__title" id="block--{meta["number"]}"'
    return f"<{meta['tag']} {name}>{hidden}"


def _mention_id(number: int, mention: int) -> str:
    return f"noteref--{number}" + (f"-{mention}" if mention > 1 else "")


def _way_back(mention: int, mentions: int) -> str:
    if mentions == 1:
        return " Back to the text"
    return f" Back to the text, place {mention} of {mentions}"
