"""The steps from a source to what is stored."""

import re
from functools import cache

from markdown_it import MarkdownIt

from articles.markdown.desk import Desk
from articles.markdown.linking import resolve_links
from articles.markdown.notes import gather_notes
from articles.markdown.outline import outline
from articles.markdown.parser import new_parser
from articles.markdown.pictures import make_figures
from articles.markdown.positions import mark_lines
from articles.markdown.rendered import Problem, Rendered, SourceTooLong
from articles.markdown.sanitizer import sanitize
from articles.markdown.tables import dress_tables
from articles.markdown.words import reading_minutes, whole_text
from articles.markdown.writer import Writer

RENDERER_VERSION = 9
MAX_SOURCE_BYTES = 100_000

# What no text needs and no page or database wants: control characters besides tab and
# line end, halves of surrogate pairs, two non-characters.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LINE_END = re.compile(r"\r\n?")


def refuse_too_long(source: str) -> None:
    """Raise SourceTooLong above 100,000 bytes of UTF-8."""
    size = len(source.encode(errors="surrogatepass"))
    if size > MAX_SOURCE_BYTES:
        raise SourceTooLong(
            f"The text has {size:,} bytes, at most {MAX_SOURCE_BYTES:,} can be stored. "
            "Split it into two guides that link to each other."
        )


def render(source: str, *, marks_lines: bool = False) -> Rendered:
    """Return what readers see of a text, and what is wrong with it for its editor.

    ``marks_lines`` gives blocks a ``data-line``, for a preview that scrolls along.
    Raises SourceTooLong.
    """
    refuse_too_long(source)
    source = LINE_END.sub("\n", source.removeprefix("\ufeff"))
    printable = UNPRINTABLE.sub(REPLACEMENT, source)
    desk = Desk(printable)
    _report_unprintable(source, desk)

    found: list[Problem] = []
    env: dict[str, object] = {"problems": found}
    tokens = gather_notes(_parser().parse(printable, env), desk)
    tokens = dress_tables(tokens, desk)
    contents = outline(tokens, desk)
    make_figures(tokens, desk)
    resolve_links(tokens, desk)
    if marks_lines:
        mark_lines(tokens)
    html = Writer().render(tokens, _parser().options, env)
    text = whole_text(tokens)
    return Rendered(
        html=sanitize(html),
        contents=contents,
        text=text,
        reading_minutes=reading_minutes(text),
        references=desk.references,
        external_links=desk.external_links,
        problems=desk.problems_by_place(found),
        tokens=tokens,
    )


@cache
def _parser() -> MarkdownIt:
    """Return the parser, with curly quotation marks for those of the keyboard."""
    md = new_parser().enable("smartquotes")
    md.options["typographer"] = True
    return md


def _report_unprintable(source: str, desk: Desk) -> None:
    for number, line in enumerate(source.split("\n"), start=1):
        found = UNPRINTABLE.search(line)
        if found:
            message = (
                f"An invisible control character (U+{ord(found[0]):04X}) stands here. "
                "Delete it; it often comes with text pasted from elsewhere."
            )
            desk.problem(number, found.start() + 1, "control-character", message)
