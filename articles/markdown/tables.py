"""Tables: a caption, header cells that say what they head, no cell lost.

    Table: Out of 100 men in each group

    | What was counted | Watching | Surgery |
    |---|---:|---:|
    | Leaking urine | 9 | 18 |

The first row heads the columns and the first column heads the rows.
"""

from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit, getLine
from markdown_it.token import Token

from articles.markdown.desk import Desk
from articles.markdown.positions import report_line
from articles.markdown.words import plain

CAPTION = "Table:"
WORDS_BELOW = (
    "Readers see this line as a row of the table above it. Put a blank line between "
    "them."
)
TOO_LONG = "This row has {} cells, the table has {} columns."
TOO_SHORT = (
    "This row has {} of the table's {} cells. Write an empty one, | |, where nothing "
    "is to be said."
)


def table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Parse a table; report rows with more or fewer cells than it has columns.

    Cells beyond the columns go into the last one.
    """
    already = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    if not silent:
        _compare_rows(state, already)
    return True


def _compare_rows(state: StateBlock, first: int) -> None:
    columns = 0
    row: list[Token] = []
    line = 0
    last_words = -1  # the last line that is words below the table, and no row
    for token in state.tokens[first:]:
        if token.type == "tr_open" and token.map:
            row, line = [], token.map[0]
        elif token.type == "inline":
            row.append(token)
        elif token.type == "tr_close" and not columns:
            columns = len(row)
        elif token.type == "tr_close":
            written = getLine(state, line)
            if columns > 1 and "|" not in written:
                if last_words != line - 1:  # one blank line helps all that follow
                    report_line(state, line, "table-row-too-short", WORDS_BELOW)
                last_words = line
                continue
            cells = _cells(written)
            if surplus := cells[columns:]:
                row[-1].content = " | ".join([row[-1].content, *surplus]).strip()
                message = TOO_LONG.format(len(cells), columns)
                report_line(state, line, "table-row-too-long", message)
            elif len(cells) < columns:
                message = TOO_SHORT.format(len(cells), columns)
                report_line(state, line, "table-row-too-short", message)


def _cells(line: str) -> list[str]:
    cells = escapedSplit(line.strip())
    if cells and cells[0] == "":
        cells.pop(0)
    if cells and cells[-1] == "":
        cells.pop()
    return [cell.strip() for cell in cells]


def dress_tables(tokens: list[Token], desk: Desk) -> list[Token]:
    """Give tables their caption, their name for listeners, and header cells."""
    dressed: list[Token] = []
    under = ""
    for index, token in enumerate(tokens):
        dressed.append(token)
        if token.type == "inline" and tokens[index - 1].type == "paragraph_open":
            _report_unread(token, desk)
        if token.type == "heading_open":
            under = plain(tokens[index + 1].children)
        elif token.type == "inline" and token.content.startswith(CAPTION):
            if index + 2 >= len(tokens) or tokens[index + 2].type != "table_open":
                _report_lone_caption(tokens, index, desk)
        elif token.type == "table_open":
            caption = _take_caption(dressed)
            token.meta = {"under": under, "has_caption": bool(caption)}
            dressed += caption
    _name_cells(dressed)
    return dressed


def _report_unread(inline: Token, desk: Desk) -> None:
    """Report the first line of running text that was meant for a table."""
    at = 0
    for line in inline.content.split("\n"):
        if _is_meant_for_a_table(line.strip()):
            message = (
                "Readers see this table as it is written. It needs a second line of "
                "hyphens, in as many cells as the first, and a blank line before it."
            )
            desk.problem_in(inline, at, "table-unread", message)
            return
        at += len(line) + 1


def _is_meant_for_a_table(line: str) -> bool:
    is_row = len(line) > 1 and line[0] == line[-1] == "|"
    return is_row or ({"|", "-"} <= set(line) <= set("|-: \t"))


def _report_lone_caption(tokens: list[Token], index: int, desk: Desk) -> None:
    if tokens[index - 1].type == "paragraph_open":
        message = "A table must follow right after its caption, with a blank line."
        desk.problem_in(tokens[index], 0, "caption-without-table", message)


def _take_caption(dressed: list[Token]) -> list[Token]:
    """Take the caption's paragraph from before a table and return it as a caption."""
    if len(dressed) < 4 or dressed[-4].type != "paragraph_open":
        return []
    inline = dressed[-3]
    first = inline.children[0] if inline.children else None
    if first is None or first.type != "text" or not first.content.startswith(CAPTION):
        return []
    first.content = first.content.removeprefix(CAPTION).lstrip()
    table_token = dressed[-1]
    opening, _, closing = dressed[-4:-1]
    del dressed[-4:]
    dressed.append(table_token)
    opening.type, closing.type = "caption_open", "caption_close"
    for token in (opening, closing):
        token.tag, token.hidden = "caption", False
    return [opening, inline, closing]


def _name_cells(tokens: list[Token]) -> None:
    column = 0
    columns = 0
    cell: Token | None = None
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            column = 0
        elif token.type in {"th_open", "td_open"}:
            column += 1
            columns = column if token.type == "th_open" else columns
            is_empty = not tokens[index + 1].content
            heads_row = token.type == "td_open" and column == 1 and columns > 1
            _dress_cell(token, is_empty=is_empty, heads_row=heads_row)
            cell = token
        elif token.type in {"th_close", "td_close"} and cell is not None:
            token.tag = cell.tag


def _dress_cell(cell: Token, *, is_empty: bool, heads_row: bool) -> None:
    style = str(cell.attrs.pop("style", ""))
    side = style.removeprefix("text-align:")
    if side in {"right", "center"}:
        cell.attrs["class"] = f"align-{side}"
    if is_empty:
        cell.tag = "td"
    elif heads_row or cell.type == "th_open":
        cell.tag = "th"
        cell.attrs["scope"] = "row" if heads_row else "col"
