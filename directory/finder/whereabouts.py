"""Where somebody wants a doctor: a ZIP code, a state or a city, as people type them."""

import re
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from django.utils.text import slugify

from directory.finder.filters import NOT_A_ZIP, ZIP
from directory.finder.looking_up import places_alike
from directory.finder.searching import Search, Way
from directory.models import Place, PractitionerCount
from directory.values.spellings import OTHERWISE
from directory.values.states import STATES

STREETS = "street st avenue ave road rd boulevard blvd drive lane ln parkway highway"
HOUSE = rf"\s+(?:\w+\s+){{1,3}}(?:{'|'.join(STREETS.split())})\b"
ZIP_WORD = re.compile(rf"(?<![^\s,]){ZIP.pattern}(?![^\s,])(?!{HOUSE})", re.IGNORECASE)
STATE_NAMES = {slugify(name): state for state, name in STATES.items()}
STATE_NAMES["virgin-islands"] = "VI"
COUNTRY_AT_END = re.compile(
    r"(?:^|[\s,]+)(?:the )?(?:u\.?s\.?(?:a\.?)?|united states(?: of america)?)$",
    re.IGNORECASE,
)
# As people wrote states before the post office had two letters for each; behind a city
# only, since some are cities themselves.
OLD_WORDS = """
    ala AL ariz AZ ark AR cal CA calif CA colo CO conn CT del DE fla FL ill IL ind IN
    kan KS kans KS mass MA mich MI minn MN miss MS mont MT neb NE nebr NE nev NV okla OK
    ore OR penn PA penna PA tenn TN tex TX wash WA wis WI wisc WI wyo WY
"""
OLD_ABBREVIATIONS = dict(re.findall(r"(\w+) ([A-Z]{2})", OLD_WORDS))
# Of cities: what nobody's address says, and people do.
NICKNAMES = {
    "la": "los-angeles",
    "manhattan": "new-york",
    "ny": "new-york",
    "new-york-city": "new-york",
    "nyc": "new-york",
    "philly": "philadelphia",
    "sf": "san-francisco",
    "vegas": "las-vegas",
}
ELSEWHERE = {"la": "CA"}  # of these names those that are another state's abbreviation
AS_OTHERS = 0.9  # of difflib, for what is a city's name
AS_LIKE = 0.85  # for states: Missisippi, and not Canada
UNKNOWN = (
    "We know no such place. Try a ZIP code, or a city with its state: Houston, TX."
)


@dataclass
class Whereabouts:
    """The one search that was meant, or several to choose from, or what is wrong."""

    search: Search | None = None
    ways: list[Way] = field(default_factory=list)
    question: str = ""
    error: str = ""


def find_whereabouts(search: Search, text: str) -> Whereabouts:
    """Return ``search`` at the place that was typed: at most five queries."""
    text = COUNTRY_AT_END.sub("", text)
    if not text:
        return Whereabouts(replace(search, state=""))
    zip_code = zip_code_in(text)
    if zip_code:
        return Whereabouts(replace(search, state="", near=zip_code[1]))
    if text.isdecimal():
        return Whereabouts(error=NOT_A_ZIP)
    city, state = split(text)
    state = state or search.state
    if city:
        return _in_city(search, city, state, slugify(text))
    if state:
        return _whole_state(search, state, text)
    return Whereabouts(error=UNKNOWN)


def zip_code_in(text: str) -> re.Match[str] | None:
    """Return where a ZIP code stands: "Houston, TX 77030", "77030, Houston".

    Of several the last. A house in a street may have five digits as well.
    """
    return next(reversed([*ZIP_WORD.finditer(text)]), None)


def _in_city(search: Search, city: str, state: str, whole: str) -> Whereabouts:
    """Return the search in a city, or in one of several: at most five queries.

    Where there is no Fort in Washington, the ``whole`` of what was typed is a city.
    """
    places = _places(city, state)
    if not places and whole != city and (places := _places(whole, search.state)):
        city, state = whole, search.state
    if len(places) == 1:
        return Whereabouts(search.narrowed(places[0].state, places[0]))
    if places:  # most people who write Pittsburg mean Pittsburgh
        alike = places_alike(city, state, cutoff=AS_OTHERS)
        places += [one for one in alike if one not in places]
        question = f"Which {places[0].name}?"
        ways = _ways(search, places)
        if not state and city in STATE_NAMES:
            ways.append(_way_to_state(search, STATE_NAMES[city]))
        return Whereabouts(ways=ways, question=question)
    ways = _ways(search, places_alike(city, state))
    if not state and (meant := _state_meant(city)):
        ways.append(_way_to_state(search, meant))
    if ways:
        return Whereabouts(ways=ways, question="Did you mean")
    return Whereabouts(error=UNKNOWN)


def _state_meant(slug: str) -> str:
    """Return which state is nearly called so, or was once written so: Tex., Misisipi.

    Only where no city is called so.
    """
    alike = get_close_matches(slug, STATE_NAMES, 1, AS_LIKE)
    return OLD_ABBREVIATIONS.get(slug) or "".join(STATE_NAMES[one] for one in alike)


def _whole_state(search: Search, state: str, text: str) -> Whereabouts:
    """Return the search in a state, or ask back for LA: at most two queries."""
    name = slugify(text)
    if name in ELSEWHERE:
        places = _places(name, ELSEWHERE[name])
        if places:
            ways = [*_ways(search, places), _way_to_state(search, state)]
            return Whereabouts(ways=ways, question=f"Which {text.upper()}?")
    return Whereabouts(replace(search, state=state))


def _way_to_state(search: Search, state: str) -> Way:
    whole = replace(search, state=state)
    return Way(f"The state of {whole.area}", whole.url())


def split(text: str) -> tuple[str, str]:
    """Return city slug and state of "Houston, TX", "houston texas", "Texas", "Houston".

    Either may be empty. Washington and New York are cities unless a state is meant by
    its abbreviation, or the city is named too.
    """
    words = [word for word in re.split(r"[\s,]+", text) if word]
    slug = slugify(text)
    if slug.upper() in STATES:
        return "", slug.upper()
    if slug in STATE_NAMES and slug not in {"new-york", "washington"}:
        return "", STATE_NAMES[slug]
    if slug.endswith("-state") and slug.removesuffix("-state") in STATE_NAMES:
        return "", STATE_NAMES[slug.removesuffix("-state")]
    for number in range(min(3, len(words) - 1), 0, -1):  # West Virginia first
        end = slugify(" ".join(words[-number:]))
        state = end.upper() if end.upper() in STATES else STATE_NAMES.get(end, "")
        state = state or OLD_ABBREVIATIONS.get(end, "")
        if state:
            return slugify(" ".join(words[:-number])), state
    return slug, ""


def cities_called(city: str) -> set[str]:
    """Return the slugs that somebody may mean by this one."""
    words = city.split("-")
    slugs = {city}
    for at, word in enumerate(words):  # Port Saint Lucie is Port St. Lucie elsewhere
        if word in OTHERWISE:
            slugs.add("-".join([*words[:at], OTHERWISE[word], *words[at + 1 :]]))
    if city in NICKNAMES:
        slugs.add(NICKNAMES[city])
    return slugs


def _places(city: str, state: str) -> list[Place]:
    """Return the cities of this name: one query."""
    places = Place.objects.listed().filter(slug__in=cities_called(city))
    if state:
        places = places.filter(state=state)
    return list(places.order_by("state", "sort_key", "pk"))


def _ways(search: Search, places: list[Place]) -> list[Way]:
    """Return the search in each place, with the number of people there: one query.

    Where most people are comes first, and then by name. Where anything but the place
    narrows the search, nobody has counted them.
    """
    rows = PractitionerCount.objects.filter(
        specialization=search.specialization, place__in=places
    )
    if search.is_filtered:
        rows = rows.none()
    numbers = {row.place_id: (row.practitioners, row.includes_demo) for row in rows}
    ways = [
        Way(
            f"{place.name}, {STATES[place.state]}",
            search.narrowed(place.state, place).url(),
            *numbers.get(place.pk, (0, False)),
        )
        for place in places
    ]
    return sorted(ways, key=lambda way: -way.count)
