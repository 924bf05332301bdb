"""People of every kind by name, for whoever knows a doctor and not the field."""

from directory.finder.filters import SHORTEST_WORD
from directory.finder.pagination import (
    PAGE_SIZE,
    Cursor,
    Page,
    behind_name,
    cut,
)
from directory.finder.people import people_of
from directory.finder.rows import LAST, Rows, all_of
from directory.finder.searching import TITLES, beginnings_of, words_of
from directory.models.practitioner import MEANT
from directory.sql import fetch_rows
from directory.values.misspellings import meant_by
from directory.values.sort_keys import sort_key
from directory.values.spellings import with_other_letters

MOST_MEANT = 5
MOST_WORDS = 3  # of a name in which a letter may be wrong
MANY = 50
# Some hundred places of an index, most of them empty; a name is as good as its people
# are many, and nobody counts more than many of them.
MISSPELT = f"""
    SELECT tried.at, found.number
    FROM unnest(%s::text[]) WITH ORDINALITY AS tried (beginning, at),
        LATERAL (SELECT count(*) AS number FROM (
            SELECT FROM directory_practitioner
            WHERE retired_at IS NULL AND sort_key >= tried.beginning
              AND sort_key < tried.beginning || '{LAST}'
            LIMIT {MANY}) AS met) AS found
    WHERE found.number > 0
    ORDER BY found.number DESC, tried.at LIMIT {MOST_MEANT}
"""


def people_named(name: str, *, after: Cursor | None, before: Cursor | None) -> Page:
    """Return a page of people with this name or NPI: three queries, or one for nobody.

    Each word that a last name may begin with is a range of an index; the ranges are
    walked in order and cut after a page.
    """
    cursor = after or before
    branches = branches_of(name)
    if cursor is not None:
        behind, place = behind_name(cursor, is_backwards=bool(before))
        branches = [branch.where(behind, *place) for branch in branches]
    columns = ["id", "sort_key", "npi"]
    text, parameters = all_of(
        branch.first(PAGE_SIZE + 1, columns, is_backwards=bool(before))
        for branch in branches
    )
    direction = "DESC" if before else "ASC"
    rows = fetch_rows(
        f"SELECT * FROM ({text}) AS walk"
        f" ORDER BY sort_key {direction}, npi {direction} LIMIT {PAGE_SIZE + 1}",
        parameters,
    )
    rows, has_before, has_after = cut(rows, after=after, before=before)
    return Page(
        people_of([pk for pk, _, _ in rows]),
        before=str(Cursor("", *rows[0][1:])) if has_before else "",
        after=str(Cursor("", *rows[-1][1:])) if has_after else "",
    )


def branches_of(name: str) -> list[Rows]:
    """Return people of this name or NPI, apart where an index has them apart."""
    if name.isdigit():
        return [Rows.listed_people().where(MEANT, [name])]
    every_word, words = words_of(name), beginnings_of(name)
    people = Rows.listed_people()
    if len(every_word) > 1:  # else the beginning says it all
        people = people.named(every_word)
    return [
        *(people.beginning(word) for word in words),
        people.beginning_later(*words),
    ]


def names_alike(name: str) -> list[str]:
    """Return how somebody has this name with other letters: one query, or none.

    With those that stand for letters with marks; where nobody has, with a letter that
    was typed wrong, the names first that most people have.
    """
    names = with_other_letters(name)
    branches = [
        branch.first(1, [str(at), "0"])
        for at, one in enumerate(names)
        for branch in branches_of(one)
    ]
    meant = _meant_by(name)
    if meant:
        branches.append((MISSPELT, [list(meant)]))
    rows = fetch_rows(*all_of(branches)) if branches else []
    found = {at for at, number in rows if not number}
    if found:
        return [one for at, one in enumerate(names) if at in found]
    tried = list(meant.values())
    rows.sort(key=lambda row: -row[1])
    return list(dict.fromkeys(tried[at - 1] for at, _ in rows))[:MOST_MEANT]


def _meant_by(name: str) -> dict[str, str]:
    """Return how sort keys may begin if a letter is wrong -> the name to look for.

    The last name may stand first or last.
    """
    words = [one for one in sort_key(name).split() if one not in TITLES]
    if len(words) > MOST_WORDS:
        return {}
    found = {}
    for meant in meant_by(words):
        ending = " " if len(meant) == 1 else ""  # a last name alone is typed whole
        for at in range(len(meant)):
            beginning = " ".join([*meant[at:], *meant[:at]])
            found[f"{beginning}{ending}"] = " ".join(meant).title()
    return found


def last_names_in(name: str) -> list[str]:
    """Return the words of a name that somebody's last name begins with: one query.

    For a name that nobody has as a whole: the files may have Robert for Bob.
    """
    every_word = words_of(name)
    if name.isdigit() or len(every_word) == 1:
        return []
    words = {  # spelling -> what is typed to find it: one that is cut short finds more
        one: word[0] if one.endswith(" ") else one
        for word in every_word
        for one in word
        if len(one) >= SHORTEST_WORD
    }
    people = Rows.listed_people()
    columns = ["sort_key"]
    rows = fetch_rows(*all_of(people.beginning(one).first(1, columns) for one in words))
    found = [one for one in words if any(key.startswith(one) for (key,) in rows)]
    return list(dict.fromkeys(words[one] for one in found))
