"""How long the content rules take: ``python -m tests.benchmarks.bench_checks``.

Prints the milliseconds for 1,500 words of real guides, parsing and rules apart, the
best of thirty warm runs. Ends with 1 above 100 ms.
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from articles.checks import Facts, run
from articles.front_matter import parse
from articles.markdown import render

GUIDES = Path(__file__).resolve().parents[2] / "articles" / "guides"
WORDS = 1500
LIMIT_MS = 100
RUNS = 30


def text_of(words: int) -> str:
    """Return whole lines of the guides that hold so many words."""
    lines: list[str] = []
    total = 0
    for path in sorted(GUIDES.glob("*.md")):
        for line in parse(path.read_text()).body.splitlines():
            if total >= words:
                return "\n".join(lines)
            lines.append(line)
            total += len(line.split())
    raise ValueError(f"the guides hold only {total} words")


def main() -> int:
    source = text_of(WORDS)
    parsing: list[float] = []
    checking: list[float] = []
    for _ in range(RUNS + 1):
        begin = time.perf_counter()
        rendered = render(source)
        parsed = time.perf_counter()
        found = run(
            rendered, title="", description="", is_health=True, facts=Facts()
        ).findings
        parsing.append(parsed - begin)
        checking.append(time.perf_counter() - parsed)
    both = [a + b for a, b in zip(parsing, checking, strict=True)][1:]
    first, parse_ms, rules_ms, best = (
        round(seconds * 1000)
        for seconds in (
            parsing[0] + checking[0],
            min(parsing),
            min(checking),
            min(both),
        )
    )
    print(
        f"{len(source.split()):,} words, {len(found)} findings: parsing {parse_ms} ms, "
        f"rules {rules_ms} ms, together {best} ms (first time {first} ms)"
    )
    return int(best > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
