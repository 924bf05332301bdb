"""Where in the source something stands, as lines and columns from 1."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from articles.markdown.rendered import Problem


def report_at(
    state: StateBlock, line: int, position: int, code: str, message: str
) -> None:
    """Record a problem; ``line`` counts from 0, ``position`` from the text's start."""
    column = position - state.src.rfind("\n", 0, position)
    problems: list[Problem] = state.env.setdefault("problems", [])
    problems.append(Problem(line + 1, column, message, code))


def report_line(state: StateBlock, line: int, code: str, message: str) -> None:
    """Record a problem where a line begins; ``line`` counts from 0."""
    report_at(state, line, state.bMarks[line] + state.tShift[line], code, message)


def mark_problem(state: StateInline, code: str, message: str) -> None:
    """Leave a token that prints nothing where a problem stands in running text."""
    token = state.push("problem", "", 0)
    token.hidden = True
    token.meta = {"at": state.pos, "code": code, "message": message}


def mark_lines(tokens: list[Token]) -> None:
    """Let each block that has a tag of its own say on which line it begins, from 1."""
    for token in tokens:
        if token.map and token.tag and token.nesting >= 0:
            token.attrs["data-line"] = token.map[0] + 1


class Locator:
    """Finds the source line and column of an offset in running text.

    Running text comes without the marks of quotes, lists and cells around it, so each
    of its lines is looked up in its source line.
    """

    def __init__(self, source: str) -> None:
        self._lines = source.split("\n")
        self._read_up_to: dict[int, int] = {}  # line -> column where the next cell is
        self._known: dict[int, Lines] = {}  # by id(): the tokens outlive this object

    def locate(self, inline: Token, at: int) -> tuple[int, int]:
        """Return line and column of ``at`` in an inline token's content."""
        lines = self._known.get(id(inline))
        if lines is None:
            lines = self._known[id(inline)] = self._read(inline)
        index = bisect_right(lines.starts, at) - 1
        number = lines.first + index
        start = lines.starts[index]
        column = lines.columns[index] + at - start
        column += bisect_left(lines.escaped_pipes[index], at)
        return number + 1, min(column, len(self._line(number))) + 1

    def _read(self, inline: Token) -> "Lines":
        first = inline.map[0] if inline.map else 0
        lines = Lines(first, [], [], [])
        start = 0
        for index, text in enumerate(inline.content.split("\n")):
            lines.starts.append(start)
            column, escapes_pipes = self._find(first + index, text)
            lines.columns.append(column)
            pipes = (start + at for at, sign in enumerate(text) if sign == "|")
            lines.escaped_pipes.append(list(pipes) if escapes_pipes else [])
            start += len(text) + 1
        return lines

    def _line(self, number: int) -> str:
        return self._lines[number] if number < len(self._lines) else ""

    def _find(self, number: int, text: str) -> tuple[int, bool]:
        """Return the column, from 0, at which a piece of a line begins.

        With it, whether the line has a backslash before each pipe of the piece.
        """
        line = self._line(number)
        for begin in (self._read_up_to.get(number, 0), 0):
            for wanted in (text, text.replace("|", "\\|")):  # a cell escapes its pipes
                found = line.find(wanted, begin)
                if found >= 0:
                    self._read_up_to[number] = found + len(wanted)
                    return found, wanted != text
        return 0, False


@dataclass(frozen=True)
class Lines:
    """Where the lines of one token's content begin, in it and in the source."""

    first: int
    starts: list[int]
    columns: list[int]
    escaped_pipes: list[list[int]]  # offsets in the content; a backslash before each
