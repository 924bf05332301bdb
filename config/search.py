"""One search over guides, kinds of doctors, hospitals and doctors."""

from dataclasses import dataclass, field
from difflib import get_close_matches

from django.urls import reverse

from articles.models import Article
from config.urgent_words import says_one_of
from directory.finder.cards import Card, card_of
from directory.finder.filters import read_name
from directory.finder.kinds_named import kinds_named
from directory.finder.named import people_named
from directory.finder.searching import words_of
from directory.hospitals.named import hospitals_named
from directory.models import Organization, Specialization
from directory.values.sort_keys import sort_key

MOST_GUIDES = 10
MOST_BELOW = 10  # times: a guide that fits so much less than the best fits by chance
MOST_KINDS = 6
MOST_OF_A_NAME = 5
LONGEST_NAME = 4  # words; what is longer is a question
AS_LIKE = 0.8  # of difflib: one letter wrong in five


@dataclass
class Found:
    """What fits the words; each list is short, the best first.

    ``has_all_words`` is false where no guide has all words, and these have some.
    ``all_people`` and ``all_hospitals`` lead to the rest, where there is one.
    """

    words: str
    guides: list[Article] = field(default_factory=list)
    has_all_words: bool = True
    kinds: list[Specialization] = field(default_factory=list)
    hospitals: list[Organization] = field(default_factory=list)
    all_hospitals: str = ""
    people: list[Card] = field(default_factory=list)
    all_people: str = ""
    meant: str = ""

    @property
    def is_urgent(self) -> bool:
        """Whether somebody may need an ambulance."""
        return says_one_of("urgent_searches", self.words)

    @property
    def is_crisis(self) -> bool:
        """Whether somebody may think of suicide."""
        return says_one_of("crisis_searches", self.words)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all fits."""
        return not (self.guides or self.kinds or self.hospitals or self.people)

    @property
    def shows_demo(self) -> bool:
        """Whether something of it is made up."""
        return (
            any(one.is_demo for one in self.guides)
            or any(one.counts_demo for one in self.kinds)
            or any(one.is_demo for one in self.people)
        )


def find(words: str) -> Found:
    """Look everywhere for these words: at most seven queries, none for no words."""
    found = Found(words)
    if not sort_key(words):
        return found
    _find_guides(found)
    found.kinds = kinds_named(words)[:MOST_KINDS]
    _find_hospitals(found)
    _find_people(found)
    if found.is_empty:
        found.meant = meant(words, _vocabulary())
    return found


def _find_guides(found: Found) -> None:
    guides = Article.objects.published().guides().for_cards()
    best = list(guides.with_words(found.words)[:MOST_GUIDES])
    if not best:
        some = " or ".join(sort_key(found.words).split())
        best = list(guides.with_words(some)[:MOST_GUIDES])
        found.has_all_words = not best
    found.guides = [one for one in best if one.rank * MOST_BELOW >= best[0].rank]


def _find_hospitals(found: Found) -> None:
    named = hospitals_named(found.words)
    found.hospitals = named.found[:MOST_OF_A_NAME]
    if len(named.found) > MOST_OF_A_NAME:
        query = {"name": found.words}
        found.all_hospitals = reverse("directory:hospitals", query=query) + "#by-name"


def _find_people(found: Found) -> None:
    """Find people by name or NPI, unless the words are a question."""
    if len(words_of(found.words)) > LONGEST_NAME:
        return
    try:
        name = read_name(found.words)
    except ValueError:
        return
    page = people_named(name, after=None, before=None)
    found.people = [
        card_of(one, one.listed_practices, compare="")
        for one in page.practitioners[:MOST_OF_A_NAME]
    ]
    if len(page.practitioners) > MOST_OF_A_NAME:
        query = {"name": found.words}
        found.all_people = reverse("directory:finder", query=query) + "#by-name"


def _vocabulary() -> set[str]:
    """Return the words of our titles: two queries."""
    kinds = Specialization.objects.listed()
    texts = [
        text
        for name, title, plain_name, synonyms in kinds.values_list(
            "name", "title", "plain_name", "synonyms"
        )
        for text in (name, title, plain_name, *synonyms)
    ]
    guides = Article.objects.published().guides().for_cards()
    texts += [guide.title for guide in guides]
    return {word for text in texts for word in sort_key(text).split()}


def meant(words: str, known: set[str]) -> str:
    """Return these words as somebody may have meant them, or an empty string."""
    typed = sort_key(words).split()
    like = [
        [word] if word in known else get_close_matches(word, known, 1, AS_LIKE)
        for word in typed
    ]
    better = " ".join(
        one[0] if one else word for word, one in zip(typed, like, strict=True)
    )
    return better if better != " ".join(typed) else ""
