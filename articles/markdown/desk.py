"""What the steps of one rendering share: problems, links found so far, positions."""

from markdown_it.token import Token

from articles.markdown.positions import Locator
from articles.markdown.rendered import ExternalLink, Problem, Reference

PROBLEMS_AT_MOST = 100


class Desk:
    """Collects what one text has besides its tokens."""

    def __init__(self, source: str) -> None:
        self.references: list[Reference] = []
        self.external_links: list[ExternalLink] = []
        self.ids: set[str] = set()
        self._problems: list[Problem] = []
        self._locator = Locator(source)

    def problem(self, line: int, column: int, code: str, message: str) -> None:
        """Record a problem at a line and column from 1."""
        self._problems.append(Problem(line, column, message, code))

    def problem_in(self, inline: Token, at: int, code: str, message: str) -> None:
        """Record a problem at an offset in running text."""
        self.problem(*self.locate(inline, at), code, message)

    def locate(self, inline: Token, at: int) -> tuple[int, int]:
        """Return line and column of an offset in running text."""
        return self._locator.locate(inline, at)

    def problems_by_place(self, found_while_parsing: list[Problem]) -> list[Problem]:
        """Return the first hundred problems in the order of the text."""
        problems = sorted(
            [*self._problems, *found_while_parsing],
            key=lambda problem: (problem.line, problem.column),
        )
        more = len(problems) - PROBLEMS_AT_MOST
        if more <= 0:
            return problems
        kept = problems[:PROBLEMS_AT_MOST]
        message = f"There are {more} more problems after this one."
        last = kept[-1]
        return [*kept, Problem(last.line, last.column, message, "more-problems")]
