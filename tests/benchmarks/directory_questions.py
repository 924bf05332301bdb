"""A random mix of what can be asked of the finder, as addresses."""

from collections.abc import Iterator
from random import Random
from urllib.parse import urlencode

from directory.models import (
    Affiliation,
    Organization,
    Place,
    Practice,
    Practitioner,
    PractitionerCount,
)
from directory.nearby import DISTANCES
from directory.sample.names import GIVEN, SURNAME_ENDS, SURNAME_STARTS

SHARES = {
    "hospital": 0.12,
    "group": 0.08,
    "name": 0.2,
    "telehealth": 0.25,
    "physicians": 0.1,
    "teaching": 0.15,
    "apart_from": 0.5,
    "sort": 0.3,
}


def questions(random: Random, number: int) -> Iterator[str]:
    """Yield addresses; half of the specializations by their size, half alike."""
    rows = PractitionerCount.objects.filter(state="").select_related("specialization")
    counts = list(rows.order_by("pk"))
    weights = [row.practitioners for row in counts]
    highest = Practitioner.objects.order_by("-pk").values_list("pk", flat=True)[0]
    for at in range(number):
        row = random.choices(counts, weights)[0] if at % 2 else random.choice(counts)
        person = Practitioner.objects.filter(pk=random.randint(1, highest)).first()
        if person is not None:
            yield question(random, row.specialization.slug, person)


def question(random: Random, slug: str, person: Practitioner) -> str:
    """Return one address around where somebody works."""
    practices = Practice.objects.filter(practitioner=person).select_related(
        "location__place", "organization"
    )
    practice = practices.first()
    affiliation = Affiliation.objects.filter(practitioner=person).first()
    hospital = affiliation.organization if affiliation else some_hospital(random)
    area, parameters = area_of(random, practice.location.place if practice else None)
    if area == "near" and practice:
        parameters = {
            "near": practice.location.zip_code,
            "within": random.choice(DISTANCES),
        }
    values = {
        "hospital": hospital.ccn,
        "group": practice.organization.pac_id
        if practice and practice.organization
        else "",
        "name": name_of(random),
        "telehealth": 1,
        "physicians": 1,
        "teaching": 1,
        "apart_from": random.choice([person.npi, person.npi, hospital.ccn]),
        "sort": random.choice(["name", "match"]),
    }
    chosen = {
        key: value
        for key, value in values.items()
        if value and random.random() < SHARES[key]
    }
    path = f"/doctors/{slug}/{'' if area == 'near' else area}"
    query = urlencode(parameters | chosen)
    return f"{path}?{query}" if query else path


def area_of(random: Random, place: Place | None) -> tuple[str, dict[str, object]]:
    """Return the end of the path, or "near"."""
    kind = random.choice(["country", "state", "city", "city", "near", "near"])
    if place is None or kind == "country":
        return "", {}
    if kind == "near":
        return "near", {}
    state = place.state.lower()
    return (f"{state}/", {}) if kind == "state" else (f"{state}/{place.slug}/", {})


def some_hospital(random: Random) -> Organization:
    """Return a hospital by its place in the list."""
    hospitals = Organization.objects.hospitals().order_by("pk")
    return hospitals[random.randint(0, 5000)]


def name_of(random: Random) -> str:
    """Return a last name, or how one begins, or first and last name."""
    start = random.choice(SURNAME_STARTS)
    last = start + random.choice(SURNAME_ENDS)
    return random.choice([start, last, f"{random.choice(GIVEN)} {start}"])
