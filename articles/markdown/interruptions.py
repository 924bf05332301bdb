"""Ask quickly whether a line ends the paragraph, quote, list or table above it.

markdown-it asks up to nine rules about every line, at every level of nesting. Nearly
all lines begin with a letter, to which none of these rules can say yes.
"""

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock

# What the rules begin with that may interrupt: quotes, lists, rules, headings, code,
# blocks, definitions, notes.
BEGINNINGS = frozenset(">*-+_#`~:[0123456789")
# What the second line of a table begins with; its first begins with anything.
TABLE_BEGINNINGS = frozenset("|-:")


def quicken(md: MarkdownIt) -> None:
    """Let the block rules of a parser be asked as one. Call this when all are set."""
    read_rules = md.block.ruler.getRules
    chains: dict[str, list[RuleFuncBlockType]] = {}

    def get_rules(chain: str = "") -> list[RuleFuncBlockType]:
        if not chain:
            return read_rules(chain)
        if chain not in chains:
            chains[chain] = [_as_one(read_rules(chain))]
        return chains[chain]

    md.block.ruler.getRules = get_rules  # type: ignore[assignment,method-assign]


def _as_one(rules: list[RuleFuncBlockType]) -> RuleFuncBlockType:
    def interrupts(state: StateBlock, line: int, end: int, silent: bool) -> bool:
        if _first_letter(state, line) not in BEGINNINGS and (
            line + 1 >= end or _first_letter(state, line + 1) not in TABLE_BEGINNINGS
        ):
            return False
        return any(rule(state, line, end, silent) for rule in rules)

    return interrupts


def _first_letter(state: StateBlock, line: int) -> str:
    begin = state.bMarks[line] + state.tShift[line]
    return state.src[begin] if begin < state.eMarks[line] else ""
