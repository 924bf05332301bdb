"""How many measures stand behind a hospital's rating, group by group. Pure.

Source: the group columns of CMS Hospital General Information. Of each group the file
counts the measures, those that the hospital has results for, and for three groups how
many of these are better than, no different from and worse than the national value.
"""

import json

from directory.imports.rating_notes import footnote_words

# Our name -> how CMS abbreviates the group.
COMPARED = {"mortality": "MORT", "safety": "Safety", "readmission": "READM"}
COUNTED = {"experience": "Pt Exp", "timely": "TE"}
GROUPS = COMPARED | COUNTED

COLUMNS = {
    f"{group}_{column}": [text.format(published)]
    for group, published in GROUPS.items()
    for column, text in {
        "all": "{} Group Measure Count",
        "reported": "Count of Facility {} Measures",
        "note": "{} Group Footnote",
    }.items()
} | {
    f"{group}_{column}": [f"Count of {published} Measures {text}"]
    for group, published in COMPARED.items()
    for column, text in {
        "better": "Better",
        "same": "No Different",
        "worse": "Worse",
    }.items()
}


def measures_of(row: dict[str, str]) -> str:
    """Return the groups as JSON: name -> counts by column, perhaps with a note.

    A group whose counts are missing or contradict each other has none; a group without
    counts and note is left out.
    """
    found: dict[str, dict[str, int | str]] = {}
    for group in GROUPS:
        columns = ["all", "reported"]
        if group in COMPARED:
            columns += ["better", "same", "worse"]
        texts = [row.get(f"{group}_{column}", "") for column in columns]
        numbers = [int(text) for text in texts if text.isascii() and text.isdigit()]
        values: dict[str, int | str] = {}
        if len(numbers) == len(columns) and _fit(numbers):
            values |= zip(columns, numbers, strict=True)
        if note := footnote_words(row.get(f"{group}_note", "")):
            values["note"] = note
        if values:
            found[group] = values
    return json.dumps(found, sort_keys=True)


def _fit(numbers: list[int]) -> bool:
    """Say whether the parts make up the whole."""
    whole, reported, *parts = numbers
    return reported <= whole < 1000 and (not parts or sum(parts) == reported)
