"""One search over guides, kinds of doctors, hospitals and doctors."""

import re
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from django.db.models import TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from articles.models import Article
from articles.models.article import ArticleQuerySet
from config.urgent_words import says_one_of
from directory import parameters
from directory.finder.cards import Card, card_of
from directory.finder.cities_meant import cities_meant
from directory.finder.filters import read_name
from directory.finder.kinds_named import CALLED, NAME_IN_IT, all_names, kinds_named
from directory.finder.named import names_alike
from directory.finder.named_there import name_in, people_meant
from directory.finder.searching import ANYWHERE, Search, words_of
from directory.finder.sought import NEAR_ME, SECOND_OPINION, Sought, read_sought
from directory.finder.ways_to_kinds import Led, Link, led_to
from directory.finder.whereabouts import zip_code_in
from directory.hospitals.meant import hospitals_meant, words_of_hospital
from directory.hospitals.named import hospitals_named
from directory.models import Organization, Specialization
from directory.values.sort_keys import sort_key

NPI = re.compile(rf"\b{parameters.NPI.pattern}\b")
MOST_GUIDES = 10
MOST_BELOW = 10  # times: a guide that fits so much less than the best fits by chance
MOST_KINDS = 6
MOST_OF_A_NAME = 5
LONGEST_NAME = 4  # words; what is longer is a question
SHORTEST_WORD = 3  # that may be misspelt, or meant
ENDINGS = ("s", "es", "ed", "al", "ing")
AS_LIKE = 0.8  # of difflib: one letter wrong in five


@dataclass
class Found:
    """What fits the words; each list is short, the best first.

    Unless ``has_all_words``, nothing has them all, and the guides have some.
    ``people`` have the ``name``, in ``people_area`` if that is not empty; if there are
    none, others have it. ``all_people`` and ``all_hospitals`` lead to the rest, where
    there is one. What was typed may be written as ``meant``, ``cities_meant`` or
    ``names_alike`` have it (the last with addresses).
    """

    words: str
    sought: Sought = field(default_factory=Sought)
    has_all_words: bool = False
    guides: list[Article] = field(default_factory=list)
    has_guides_first: bool = True
    kinds: list[Led] = field(default_factory=list)
    cities_meant: list[str] = field(default_factory=list)
    hospitals: list[Organization] = field(default_factory=list)
    all_hospitals: str = ""
    people: list[Card] = field(default_factory=list)
    name: str = ""
    people_area: str = ""
    has_more_there: bool = False
    all_people: str = ""
    meant: list[str] = field(default_factory=list)
    names_alike: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_urgent(self) -> bool:
        """Whether somebody may need an ambulance."""
        return self.is_poisoning or says_one_of("urgent_searches", self.words)

    @property
    def is_poisoning(self) -> bool:
        """Whether somebody may be poisoned, by too much of a medicine too."""
        return says_one_of("poison_searches", self.words)

    @property
    def is_crisis(self) -> bool:
        """Whether somebody may think of suicide."""
        return says_one_of("crisis_searches", self.words)

    @property
    def needs_help(self) -> bool:
        """Whether a number to call is all that matters."""
        return self.is_urgent or self.is_crisis

    @property
    def is_anybody_there(self) -> bool:
        """Whether nothing was typed but a place, or any doctor."""
        sought = self.sought
        return not sought.what and bool(sought.where or sought.is_anybody)

    @property
    def is_hospitals_name(self) -> bool:
        """Whether a hospital's name begins so; one word alone may be an illness."""
        name = sort_key(SECOND_OPINION.sub(" ", self.words))
        begins = any(one.sort_key.startswith(name) for one in self.hospitals)
        return " " in name and begins

    @property
    def has_people_first(self) -> bool:
        """Whether these are two names or more, and a hospital has them by chance."""
        return " " in sort_key(self.name) and not self.is_hospitals_name

    @property
    def unknown_zip(self) -> str:
        """The ZIP code that somebody is sought near, where nobody knows it."""
        zip_code = zip_code_in(self.words)
        is_sought = bool(self.kinds) or not self.sought.what
        is_known = self.sought.circle is not None
        return zip_code[1] if zip_code and is_sought and not is_known else ""

    @property
    def leads_to_place(self) -> bool:
        """Whether all that is left is the place, or any doctor."""
        is_place = bool(self.sought.where) and not self.has_all_words
        return self.is_anybody_there or (is_place and not self.needs_help)

    @property
    def says_that_nothing_fits(self) -> bool:
        """Whether nothing does, and the page does not say already what comes close."""
        is_elsewhere = bool(self.people_area) and not self.guides
        is_said = self.needs_help or is_elsewhere or bool(self.unknown_zip)
        return bool(self.words) and not self.has_all_words and not is_said

    @property
    def shows_demo(self) -> bool:
        """Whether something of it is made up."""
        return (
            any(one.is_demo for one in self.guides)
            or any(one.is_demo for one in self.hospitals)
            or any(one.kind.counts_demo for one in self.kinds)
            or any(one.is_demo for one in self.people)
        )


def find(words: str) -> Found:
    """Look everywhere for these words: at most seven queries, none for no words."""
    found = Found(words)
    if not sort_key(words):
        return found
    guides = Article.objects.published().guides().for_cards()
    found.guides = _best(guides.with_words(words))
    if found.is_crisis:  # not those in which people "die" of something else
        found.guides = [one for one in found.guides if _is_titled(one, words)]
    _find_hospitals(found)
    kinds = _find_kinds(found)
    named = _find_people(found, kinds)
    _lead_to(kinds, found)
    if named:
        first = found.kinds[0]
        found.kinds[0] = replace(first, links=[*named, *first.links])
    lists = (found.guides, found.kinds, found.hospitals, found.people)
    found.has_all_words = any(lists) or found.is_anybody_there
    if not found.has_all_words and not found.needs_help:
        _find_something(found)
    return found


def _best(guides: ArticleQuerySet) -> list[Article]:
    best = list(guides[:MOST_GUIDES])
    return [one for one in best if one.rank * MOST_BELOW >= best[0].rank]


def _is_titled(guide: Article, words: str) -> bool:
    return set(sort_key(words).split()) <= set(sort_key(guide.title).split())


def _find_kinds(found: Found) -> list[Any]:
    """Find kinds of doctors, by what is left without the place where none has all."""
    sought = read_sought(found.words)
    is_else = found.has_guides_first and not found.needs_help
    kinds = kinds_named(
        NEAR_ME.sub(" ", found.words).strip() or found.words,
        or_else=sought.what if is_else else "",
        counts=sought.counts,
        state=sought.place.state if sought.place else "",
    )
    if not (kinds.has_all_words and sought.what):
        found.sought = sought
    if kinds.is_called_so or found.sought.where:
        found.has_guides_first = False
    if sought.is_anybody:  # what most kinds are called says nothing
        return []
    return kinds.found[:MOST_KINDS]


def _lead_to(kinds: list[Any], found: Found) -> None:
    """Find lists of these kinds: at most two queries, none where it is a name too."""
    is_name = bool(found.people)
    found.kinds = led_to(kinds, found.sought, looks_around=not is_name)
    if kinds and found.sought.what and not is_name:
        found.cities_meant = cities_meant(found.sought, kinds[0])


def _find_hospitals(found: Found) -> None:
    if zip_code_in(found.words) or NEAR_ME.search(found.words):  # none is called so
        return
    words = SECOND_OPINION.sub(" ", found.words).strip()
    named = hospitals_named(words)
    found.hospitals = named.found[:MOST_OF_A_NAME]
    if len(named.found) > MOST_OF_A_NAME:
        query = {"name": words}
        found.all_hospitals = reverse("directory:hospitals", query=query) + "#by-name"
    if found.is_hospitals_name:
        found.has_guides_first = False


def _find_people(found: Found, kinds: list[Any]) -> list[Link]:
    """Find people by name or NPI, which may stand in a sentence: at most three queries.

    Return links to those of a kind of doctors that is named as well.
    """
    npi = NPI.search(found.words)
    sought = found.sought
    kind = kinds[0] if kinds and kinds[0].fits == NAME_IN_IT else None
    is_kind = any(one.called <= CALLED for one in kinds[:1])  # foot doctor Dallas
    if npi or is_kind or found.needs_help:
        whole, name = npi[0] if npi else found.words, ""
    else:
        whole = name_in(found.words) or found.words
        name = name_in(sought.what, kind)
    if not (sought.where or kind) and (found.guides or found.hospitals or kinds):
        name = ""  # what was left of a question that has an answer
    people = people_meant(
        whole if _may_be_name(whole) else "",
        name if _may_be_name(name) else "",
        sought,
        kind,
        most=MOST_OF_A_NAME,
    )
    found.people = [card_of(one, one.listed_practices) for one in people.found]
    found.name = whole
    if people.has_more:
        found.all_people = _people_address(whole)
    if people.are_there or (people.are_elsewhere and (kind or not kinds)):
        found.name, found.people_area = name, sought.area
        found.has_more_there = people.has_more and bool(sought.area)
        found.all_people = _people_address(name)
    return [_link_to(one) for one in people.of_kind]


def _link_to(search: Search) -> Link:
    titles = search.specialization.titles_in_sentence
    where = search.where or ANYWHERE
    return f"Find {titles} named “{search.name}”{where}", search.url()


def _may_be_name(words: str) -> bool:
    """Whether somebody can be called so, or is an NPI: what is longer is a question."""
    if any(one.isdigit() for one in words) and not words.isdigit():
        return False
    try:
        return len(words_of(read_name(words))) <= LONGEST_NAME
    except ValueError:
        return False


def _people_address(name: str) -> str:
    return reverse("directory:finder", query={"name": name}) + "#by-name"


def _find_something(found: Found) -> None:
    """Find what has some of the words, or what may be meant: two queries.

    Where we know none of the words, it is a name that the files may write otherwise.
    """
    known, hospitals = _vocabulary()
    sought = found.sought
    what = sought.what or found.words
    better = meant(what, known)
    found.meant = [f"{better} {sought.where}".strip()] if better else []
    if known.intersection(sort_key(what).split()) or not _may_be_name(what):
        guides = Article.objects.published().guides().for_cards()
        found.guides = _best(guides.with_words(what, any_of_them=True))
    elif not (found.meant or found.people_area):
        names = names_alike(what)
        found.names_alike = [(name, _people_address(name)) for name in names]
    if not zip_code_in(found.words):  # no hospital is called so
        name = SECOND_OPINION.sub(" ", found.words)
        found.meant += hospitals_meant(name, hospitals)


def _vocabulary() -> tuple[set[str], list[str]]:
    """Return the words of our titles, and those of each hospital: one query."""
    kinds = Specialization.objects.listed().order_by()
    guides = Article.objects.published().guides().with_current().order_by()
    title = Cast("current__revision__title", TextField())
    hospitals = Organization.objects.listed().hospitals().order_by()
    ours, theirs = Value(True), Value(False)
    texts = kinds.values_list(all_names(), ours).union(
        guides.values_list(title, ours),
        hospitals.values_list(words_of_hospital(), theirs),
    )
    found: dict[bool, list[str]] = {True: [], False: []}
    for text, is_ours in texts.order_by():
        found[is_ours].append(text)
    known = {word for text in found[True] for word in sort_key(text).split()}
    return known, found[False]


def meant(words: str, known: set[str]) -> str:
    """Return these words as somebody may have meant them, or an empty string.

    The first letter is taken to be right. Where one word is none of ours, none is
    changed: they are in another language, or a name.
    """
    typed = sort_key(words).split()
    better = [word if word in known else _like(word, known) for word in typed]
    return " ".join(better) if all(better) and better != typed else ""


def _like(word: str, known: set[str]) -> str:
    """Return the known word that is most like this one, or an empty string.

    With another ending it is the same word to every search, and stays.
    """
    if len(word) < SHORTEST_WORD:
        return ""
    begins = [one for one in known if one[0] == word[0] and len(one) >= SHORTEST_WORD]
    like = next(iter(get_close_matches(word, begins, 1, AS_LIKE)), "")
    shorter, longer = sorted([word, like], key=len)
    is_same = like and longer in {f"{shorter}{ending}" for ending in ENDINGS}
    return word if is_same else like
