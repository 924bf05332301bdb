"""The guides that come with the site say the same thing the same way."""

import datetime
import re
from pathlib import Path

from articles.days import OF_OUR_GUIDES

GUIDES = Path(__file__).resolve().parents[2] / "articles" / "guides"
FAHRENHEIT = re.compile(r"\d+(?:\.\d+)? ?°F(?: \(\d+°C\))?")


def read_guides() -> dict[str, str]:
    return {path.stem: path.read_text("utf-8") for path in GUIDES.glob("*.md")}


def test_a_fever_begins_at_the_same_degree_in_every_guide() -> None:
    found = {
        name: set(FAHRENHEIT.findall(text)) for name, text in read_guides().items()
    }

    named = {name: degrees for name, degrees in found.items() if degrees}
    assert len(named) >= 5
    assert {name for name in named if named[name] != {"100.4°F (38°C)"}} == set()


def test_no_day_in_our_files_is_after_the_day_they_are_taken_to_be_of() -> None:
    folders = (GUIDES, GUIDES.parent / "pages")
    files = [path for folder in folders for path in folder.iterdir()]
    days = [
        datetime.date.fromisoformat(day)
        for path in files
        for day in re.findall(r"(?<=_on: )\d{4}-\d\d-\d\d", path.read_text("utf-8"))
    ]

    assert len(days) > len(files)
    assert max(days) <= OF_OUR_GUIDES
