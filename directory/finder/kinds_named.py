"""Kinds of doctors as patients ask for them: "heart doctor", "kidney stones", "ENT".

English stemming does not join cardiologist and cardiology: titles and lay synonyms do,
and count for more than what stands in running text.
"""

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, F, Func, Q, TextField, Value, When
from django.db.models.functions import Concat, Lower

from directory.finder.searching import MOST_WORDS
from directory.models import Specialization
from directory.sql import LANGUAGE
from directory.values.spellings import spellings

AT_MOST = 8
NAMES = ("name", "title", "title_plural", "plain_name")


def kinds_named(words: str) -> list[Specialization]:
    """Return the specializations that fit these words, with their counts: one query.

    A name that was typed whole comes first, then one that begins so. A word may be the
    beginning of one. The tree has some 150 rows: no index.
    """
    synonyms = Func(
        F("synonyms"), Value(" "), function="array_to_string", output_field=TextField()
    )
    called = SearchVector(*NAMES, synonyms, config=LANGUAGE, weight="A")
    described = SearchVector("what_they_do", config=LANGUAGE, weight="D")
    query = SearchQuery(words, config=LANGUAGE, search_type="websearch")
    blank = Value(" ")
    names = [part for name in NAMES for part in (F(name), blank)]
    listed = Specialization.objects.listed().with_counts()
    found = listed.alias(
        vector=called + described,
        rank=SearchRank(F("vector"), query),
        all_names=Lower(Concat(*names, synonyms, output_field=TextField())),
    ).filter(Q(vector=query) | _begun(words))
    ranked = found.order_by(
        Case(
            When(_is_name("iexact", words), then=Value(0)),
            When(_is_name("istartswith", words), then=Value(1)),
            default=Value(2),
        ),
        "-rank",
        "name",
        "pk",
    )
    return list(ranked[:AT_MOST])


def _is_name(lookup: str, words: str) -> Q:
    """Return the condition that one of the names fits all words at once."""
    return Q(*((f"{name}__{lookup}", words) for name in NAMES), _connector=Q.OR)


def _begun(words: str) -> Q:
    """Return the condition that each word begins a word of the names or synonyms."""
    found = [
        Q(all_names__regex=rf"\m({'|'.join(word)})".replace(" ", r"\M"))
        for word in spellings(words)[:MOST_WORDS]
    ]
    return Q(*found) if found else Q(pk__in=[])
