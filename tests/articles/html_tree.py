"""Reads HTML the way a test wants it: elements with attributes, or one normal form."""

from html import escape
from html.parser import HTMLParser

VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
BLOCKS = {
    "blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "li", "ol", "p", "pre", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip


class Elements(HTMLParser):
    """Collects start tags with their attributes, all text, and unbalanced tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.texts: list[str] = []
        self.unbalanced: list[str] = []
        self.others: list[str] = []
        self.deepest = 0
        self._open: list[str] = []
        self.feed(html)
        self.close()
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)
            self.deepest = max(self.deepest, len(self._open))

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        else:
            self.unbalanced.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


class Normal(HTMLParser):
    """The specification's normal form, in which its examples are compared.

    Runs of spaces are one space, none around blocks; attributes are sorted and
    characters written one way; inside ``pre`` all stays as it is.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._in_pre = False
        self._after_block = True
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._end_spaces(tag)
        written = "".join(f' {name}="{escape(v or "")}"' for name, v in sorted(attrs))
        self.parts.append(f"<{tag}{written}>")
        self._in_pre = self._in_pre or tag == "pre"
        self._after_block = tag in BLOCKS or tag == "br"

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        self._end_spaces(tag)
        self.parts.append(f"</{tag}>")
        self._in_pre = self._in_pre and tag != "pre"
        self._after_block = tag in BLOCKS

    def handle_data(self, data: str) -> None:
        if self._in_pre:
            self.parts.append(escape(data))
            return
        words = " ".join(f"|{data}|".split())[1:-1]
        self.parts.append(escape(words.lstrip() if self._after_block else words))
        self._after_block = self._after_block and not words.strip()

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")

    def _end_spaces(self, tag: str) -> None:
        if tag in BLOCKS and self.parts and not self._in_pre:
            self.parts[-1] = self.parts[-1].rstrip()

    @property
    def form(self) -> str:
        return "".join(self.parts).strip()
