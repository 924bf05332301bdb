"""How long the nastiest texts take: ``python -m tests.benchmarks.bench_markdown``.

Prints for each pattern the seconds for 25, 50 and 100 KB, and how often the time of
50 KB goes into that of 100 KB: linear is 2. Ends with 1 when a limit is broken.
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from articles.front_matter import parse
from articles.markdown import MAX_SOURCE_BYTES, render
from config.gunicorn import collect_rarely

GUIDES = Path(__file__).resolve().parents[2] / "articles" / "guides"
SIZES = (MAX_SOURCE_BYTES // 4, MAX_SOURCE_BYTES // 2, MAX_SOURCE_BYTES)
GUIDE_SECONDS = 0.6
ANY_SECONDS = 3.0
GROWTH = 2.3
# Below this, a ratio says more about the machine than about the renderer.
MEASURABLE_SECONDS = 0.1


def repeat(piece: str) -> Callable[[int], str]:
    return lambda size: piece * (size // len(piece.encode()))


def mirrored(left: str, right: str, middle: str = "") -> Callable[[int], str]:
    def make(size: int) -> str:
        times = (size - len(middle)) // (len(left) + len(right))
        return left * times + middle + right * times

    return make


def numbered(piece: str) -> Callable[[int], str]:
    """Repeat a piece in which ``#`` stands for a number."""

    def make(size: int) -> str:
        text = "".join(_numbers(piece, size))
        return text[:size]

    return make


def _numbers(piece: str, size: int) -> Iterator[str]:
    length = number = 0
    while length < size:
        number += 1
        one = piece.replace("#", str(number))
        length += len(one)
        yield one


def growing(piece: str, end: str = "\n") -> Callable[[int], str]:
    """Lines of one, two, three … pieces."""

    def make(size: int) -> str:
        lines: list[str] = []
        length = 0
        while length < size:
            lines.append(piece * (len(lines) + 1) + end)
            length += len(lines[-1])
        return "".join(lines)[:size]

    return make


def after(first: str, rest: Callable[[int], str]) -> Callable[[int], str]:
    return lambda size: first + rest(size - len(first))


def guide(size: int) -> str:
    bodies = [parse(path.read_text()).body for path in sorted(GUIDES.glob("*.md"))]
    text = "\n\n".join(bodies)
    while len(text.encode()) < size:
        text += text
    return text.encode()[:size].decode(errors="ignore")


PATTERNS: dict[str, Callable[[int], str]] = {
    "a real guide": guide,
    "letters": repeat("a"),
    "short paragraphs": repeat("a\n\n"),
    "lines": repeat("a\n"),
    # brackets and links
    "[": repeat("["),
    "]": repeat("]"),
    "[ … ]": mirrored("[", "]"),
    "[ … ] with a definition": after("[a]: /b\n\n", mirrored("[", "]", "a")),
    "[a](": repeat("[a]("),
    "[a](<b": repeat("[a](<b"),
    '[a](b "': repeat('[a](b "'),
    "[a](b)": repeat("[a](b)"),
    "[a](page:home)": repeat("[a](page:home) "),
    "[a](https://b.example)": repeat("[a](https://b.example) "),
    "[ [a](b)": repeat("[ [a](b) "),
    "![": repeat("!["),
    "![ … ](a)": mirrored("![", "](a)"),
    "![[": repeat("![["),
    "![[[a](b)": repeat("![[[a](b)"),
    "![[]": repeat("![[]"),
    "![a](b)": repeat("![a](b)"),
    "![a](/media/b.png) each alone": repeat("![a](/media/b.png)\n\n"),
    "[a][b]": after("[b]: page:home\n\n", repeat("[a][b]")),
    "[a] [b] unknown": after("[c]: /d\n\n", repeat("[a] [b] ")),
    "many definitions": numbered("[a#]: page:home\n"),
    "many definitions, used": numbered("[a#]: page:home\n\n[a#]\n\n"),
    "definitions never ending": repeat("[a\n"),
    "definitions with titles": repeat("[a]: b '\n"),
    "[a]: (": repeat("[a]: (\n"),
    "( in an address": after("[a](", repeat("(")),
    "[a]{lang=fr}": repeat("[a]{lang=fr}"),
    "[]{": repeat("[]{"),
    "[ … ]{lang=fr}": mirrored("[", "]{lang=fr}"),
    "[[]{a}": repeat("[[]{a}"),
    # emphasis
    "*": repeat("*"),
    "*a ": repeat("*a "),
    "a* ": repeat("a* "),
    "*a_ ": repeat("*a_ "),
    "**a *b": repeat("**a *b "),
    "*a**": repeat("*a**"),
    "*_": repeat("*_"),
    "_a __b": repeat("_a __b "),
    "*a … a*": mirrored("*a ", " a*"),
    "**a … a**": mirrored("**a ", " a**"),
    "***a": repeat("***a"),
    "* growing": growing("*", " a "),
    # code, entities, angles
    "`": repeat("` "),
    "` growing": growing("`", " "),
    "`a` ": repeat("`a` "),
    "``a` ": repeat("``a` "),
    "<": repeat("<"),
    "<a ": repeat("<a "),
    "<https:": repeat("<https:"),
    "<https://a.example>": repeat("<https://a.example>"),
    "<a@b.example>": repeat("<a@b.example>"),
    "<!-- ": repeat("<!-- "),
    "&": repeat("&"),
    "&amp;": repeat("&amp;"),
    "&#": repeat("&#"),
    "&#0;": repeat("&#0;"),
    "&aaaaaaaa": repeat("&aaaaaaaa"),
    "\\": repeat("\\"),
    "\\*": repeat("\\*"),
    "\\ at line ends": repeat("a\\\n"),
    "hard breaks": repeat("a  \n"),
    "code fences": repeat("```\n"),
    "code fences growing": growing("`"),
    "code never closed": after("```\n", repeat("a\n")),
    # quotes and lists
    ">": repeat(">"),
    "> ": repeat("> "),
    "> lines": repeat("> a\n"),
    "> then lazy lines": after("> a\n", repeat("b\n")),
    "> growing": growing("> "),
    "> growing with words": growing("> ", "a\n"),
    "> deep, then lazy": after("> " * 16 + "a\n", repeat("b\n")),
    "> deep on every line": repeat("> " * 16 + "a\n"),
    ">>>": repeat("> > > > a\n> b\n"),
    "- ": repeat("- "),
    "- a": repeat("- a\n"),
    "- a, loose": repeat("- a\n\n"),
    "- empty": repeat("-\n"),
    "1. a": repeat("1. a\n"),
    "numbers in line": repeat("1) "),
    "lists growing deeper": growing("  ", "- a\n"),
    "lists deep, then lines": after(
        "".join("  " * level + "- a\n" for level in range(8)), repeat("b\n")
    ),
    "- > ": repeat("- > "),
    "- > lines": repeat("- > a\n"),
    "* - + ": repeat("* a\n- a\n+ a\n"),
    "tabs": repeat("\t"),
    "tab lines": repeat("\ta\n"),
    "spaces": repeat(" "),
    "headings": repeat("# a\n"),
    "## a": repeat("## a\n"),
    "#": repeat("#"),
    "## #": after("## a ", repeat("#")),
    "headings a-2": numbered("## a\n\n## a #\n\n"),
    "## a {#b}": repeat("## a {#b}\n"),
    "## a {": after("## a ", repeat("{")),
    "underlined": repeat("a\n-\n"),
    "underlined never": after("a\n", repeat("-a\n")),
    "rules": repeat("---\n"),
    # tables
    "|": repeat("|"),
    "| a table of one line": after("|a|\n|-|\n", repeat("|a")),
    "wide table": lambda size: "|a" * (size // 4) + "\n" + "|-" * (size // 4),
    "wide table, short rows": lambda size: (
        "|a" * (size // 12) + "\n" + "|-" * (size // 12) + "\n" + "|\n" * (size // 3)
    ),
    "rows too short": after("|a|b|\n|-|-|\n", repeat("|a|\n")),
    "words below a table": after("|a|b|\n|-|-|\n", repeat("a\n")),
    "square table": lambda size: (
        "|a" * 250 + "\n" + "|-" * 250 + "\n" + "a\n" * (size // 2 - 500)
    ),
    "many rows": after("|a|b|\n|-|-|\n", repeat("|a|b|\n")),
    "many rows with links": after(
        "|a|b|\n|-|-|\n", repeat("|[a](page:home)|[b](page:home)|\n")
    ),
    "rows too long": after("|a|b|\n|-|-|\n", repeat("|a|b|c\n")),
    "many tables": repeat("|a|\n|-|\n\n"),
    "many captions": repeat("Table: a\n\n"),
    "tables with captions": repeat("Table: a\n\n|a|\n|-|\n\n"),
    "|-": repeat("|-"),
    "|-| lines": repeat("|-|\n"),
    "\\| in cells": after("|a|b|\n|-|-|\n", repeat("|[\\|](page:home)|b\n")),
    "links in one row": after("|a|\n|-|\n|", repeat("[a](page:home)\\|")),
    # blocks
    "::: tip": repeat("::: tip\n"),
    "::: tip, closed": repeat("::: tip\na\n:::\n"),
    "::: tip … :::": mirrored("::: tip\n", ":::\n"),
    ":::": repeat(":::\n"),
    ":": repeat(":"),
    "::: growing": growing(":", " tip\n"),
    "::: growing, closed": lambda size: (
        growing(":", " tip\n")(size // 2) + growing(":")(size // 2)
    ),
    "::: unknown": repeat("::: abc\n"),
    "- ::: tip": repeat("- ::: tip\n"),
    "> ::: tip": repeat("> ::: tip\n"),
    "::: tip in fences": repeat("```\n::: tip\n"),
    # notes and definition lists
    "[^": repeat("[^"),
    "[^a]": after("[^a]: b\n\n", repeat("[^a]")),
    "[^a] without a note": repeat("[^a]"),
    "many notes": numbered("[^a#]: b\n\n[^a#]\n\n"),
    "notes nobody uses": numbered("[^a#]: b\n\n"),
    "notes of one name": repeat("[^a]: b\n\n"),
    "[^a]: in line": repeat("[^a]: "),
    "notes that lead on": numbered("[^#]: [^#] [^1#]\n\n"),
    "definition lists": repeat("a\n: b\n\n"),
    "definitions of one term": after("a\n", repeat(": b\n")),
    ": : ": repeat("a\n: : "),
    "~ ": repeat("a\n~ b\n"),
    # characters
    "NUL": repeat("\0"),
    "control characters on lines": repeat("a\x01\n"),
    "four-byte letters": repeat("\U0001d49c"),
    "combining marks": after("## a", repeat("\u0301")),
    "line separators": repeat("\u2028"),
    "CR": repeat("a\r"),
    "punctuation": repeat("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"),
}


def measure(source: str) -> float:
    """Return the seconds for one rendering: the best of three when it is quick."""
    source = source.encode()[:MAX_SOURCE_BYTES].decode(errors="ignore")
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        render(source)
        best = min(best, time.process_time() - start)
        if best > 1:
            break
    return best


def main(names: list[str]) -> int:
    """Print a line for each pattern; return how many break a limit."""
    collect_rarely()  # as the site's workers do
    broken = 0
    slowest, steepest = 0.0, 0.0
    print(f"{'seconds for':34} 25 KB   50 KB  100 KB  growth")
    for name in names or PATTERNS:
        quarter, half, whole = (measure(PATTERNS[name](size)) for size in SIZES)
        if whole / half > GROWTH:  # once more: a busy machine is no reason
            half = min(half, measure(PATTERNS[name](SIZES[1])))
            whole = min(whole, measure(PATTERNS[name](SIZES[2])))
        growth = whole / half
        counts = half > MEASURABLE_SECONDS
        limit = GUIDE_SECONDS if name == "a real guide" else ANY_SECONDS
        fails = whole > limit or (counts and growth > GROWTH)
        broken += fails
        slowest = max(slowest, whole)
        steepest = max(steepest, growth if counts else 0)
        mark = "  <- over the limit" if fails else ""
        print(f"{name:32} {quarter:7.3f} {half:7.3f} {whole:7.3f} {growth:7.2f}{mark}")
    print(
        f"{len(names or PATTERNS)} patterns, slowest {slowest:.2f} s, steepest growth "
        f"{steepest:.2f} (from {MEASURABLE_SECONDS} s on), {broken} over a limit"
    )
    return broken


if __name__ == "__main__":
    sys.exit(bool(main(sys.argv[1:])))
