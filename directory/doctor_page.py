"""What a doctor's page shows, and where a retired doctor's page leads."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.db.models import Q

from directory.along import Along
from directory.finder.searching import ANYWHERE, Search, Way
from directory.guides import guides_about
from directory.independence import Building
from directory.models import (
    Affiliation,
    Correction,
    Organization,
    Practice,
    Practitioner,
    PractitionerCount,
    PractitionerSpecialization,
)
from directory.nearby import Spot, circle_around, distance_between, spot_of
from directory.people_ties import bring_ties
from directory.values.states import STATES

HOSPITAL = Organization.Kind.HOSPITAL
NO_HOSPITAL = (
    "At which hospital this {noun} works, if at any: the file, made from Medicare "
    "claims, shows no link."
)
NO_KIND = (
    "What this {noun} specializes in: the files name nothing, or a code that may mean "
    "several kinds of doctor. Ask the practice."
)
ALWAYS = [
    "Whether new patients are accepted, and which insurance.",
    "Which languages are spoken.",
    "Board certification, and how often this {noun} does a certain operation.",
]


def doctor_context(doctor: Practitioner, along: Along) -> dict[str, Any]:
    """Return what the template needs: nine queries, ten with a ZIP code."""
    circle = circle_around(along.near, 0) if along.near else None
    start = Spot(circle.middle, along.near) if circle else None
    if not start:
        along = replace(along, near="")  # one that nobody knows leads nowhere
    does = kinds_of(doctor)
    corrections = corrections_of(doctor)
    practices = practices_of(doctor, corrections)
    linked = links_of(doctor)
    affiliations = [one for one in linked if one.organization.kind == HOSPITAL]
    primary = does[0].specialization if does else None
    noun = primary.noun if primary else "clinician"
    has_phone = any(practice.phone for practice in practices)
    guides = guides_about(primary, primary.parent if primary else None)
    return {
        "doctor": doctor,
        "does": does,
        "primary": primary,
        "noun": noun,
        "practices": [(one, distance_from(start, one)) for one in practices],
        "affiliations": affiliations,
        "is_at_hospital": any(practice.hospitals for practice in practices),
        "facilities": [one for one in linked if one.organization.kind != HOSPITAL],
        "corrections": [one for one in corrections if one.location is None],
        "left": [one for one in corrections if one.field == Correction.Field.GONE],
        "unknowns": unknowns_of(
            doctor,
            noun,
            has_kind=bool(does),
            has_hospital=bool(affiliations),
            has_phone=has_phone,
        ),
        **ways_on(doctor, does, practices, along),
        "is_exact": circle is not None and circle.is_exact,
        "has_point": any(practice.location.geo_uri for practice in practices),
        "guides": guides,
        "shows_demo": doctor.is_demo or any(guide.is_demo for guide in guides),
    }


def ways_on(
    doctor: Practitioner,
    does: list[PractitionerSpecialization],
    practices: list[Practice],
    along: Along,
) -> dict[str, Any]:
    """Return the links to lists, hospitals and the comparison, with what goes along."""
    return {
        "along": along,
        "along_and_back": along_and_back(does, practices, along),
        "replaces_apart": along.apart_from not in ("", doctor.npi),
        "everybody": everybody(doctor, does, practices, along),
        "independent": independent(doctor, does, practices, along),
        "compare_url": along.comparison_with(doctor.npi),
        "finder_url": replace(along, apart_from=doctor.npi, back="").finder_url,
        "crumbs": crumbs(does, practices, along),
    }


def kinds_of(doctor: Practitioner) -> list[PractitionerSpecialization]:
    """Return what a doctor specializes in, the primary one first: one query."""
    return list(
        PractitionerSpecialization.objects.filter(practitioner=doctor)
        .select_related("specialization__parent")
        .order_by("-is_primary", "specialization__name")
    )


def links_of(doctor: Practitioner) -> list[Affiliation]:
    """Return the hospitals and other facilities, each once for what it is through.

    Several numbers of the file may stand for one hospital.
    """
    links = (
        Affiliation.objects.filter(practitioner=doctor)
        .select_related("organization__location__place", "release", "first_release")
        .order_by("organization__sort_key", "through", "pk")
    )
    found: dict[tuple[int, str], Affiliation] = {}
    for link in links:
        found.setdefault((link.organization_id, link.through), link)
    return list(found.values())


def corrections_of(doctor: Practitioner) -> list[Correction]:
    """Return what was set by hand, names of groups and hospitals too: one query."""
    of_doctor = [
        model._default_manager.filter(practitioner=doctor).values("organization")
        for model in (Practice, Affiliation)
    ]
    names = Q(practitioner=None, field=Correction.Field.NAME)
    names &= Q(organization__in=of_doctor[0]) | Q(organization__in=of_doctor[1])
    found = Correction.objects.filter(Q(practitioner=doctor) | names)
    return list(found.select_related("location__place", "organization"))


def practices_of(doctor: Practitioner, corrections: list[Correction]) -> list[Practice]:
    """Return where a doctor practices: each knows when its number was corrected.

    And which hospitals have its building.
    """
    practices = list(
        Practice.objects.filter(practitioner=doctor)
        .select_related(
            "location__place", "organization__system", "release", "first_release"
        )
        .order_by("location__place__sort_key", "location__line_1", "pk")
    )
    hospitals = hospitals_around(doctor)
    days = {
        (one.location_id, one.organization_id): one.corrected_on
        for one in corrections
        if one.field == Correction.Field.PHONE
    }
    for practice in practices:
        key = (practice.location_id, practice.organization_id)
        practice.phone_corrected_on = days.get(key)
        practice.hospitals = hospitals[practice.location.building]
    return practices


def distance_from(start: Spot | None, practice: Practice) -> str:
    """Return how far an address is, or an empty string where that is not known."""
    spot = spot_of(practice.location)
    found = distance_between(start, spot) if start and spot else None
    return found[1] if found else ""


def hospitals_around(doctor: Practitioner) -> dict[Building, list[Organization]]:
    """Return building -> the listed hospitals that have it, by name: one query."""
    bring_ties([doctor])
    found: dict[Building, list[Organization]] = defaultdict(list)
    hospitals = {one for one, _ in doctor.hospitals_by_address if not one.retired_at}
    for hospital in sorted(hospitals, key=lambda one: (one.name, one.pk)):
        if hospital.location is not None:
            found[hospital.location.building].append(hospital)
    return found


def unknowns_of(
    practitioner: Practitioner,
    noun: str,
    *,
    has_kind: bool,
    has_hospital: bool,
    has_phone: bool,
) -> list[str]:
    """Return a sentence for each thing that is missing, the particular ones first."""
    missing = [
        (not has_kind, NO_KIND),
        (not practitioner.medical_school, "Where this {noun} trained."),
        (practitioner.graduation_year is None, "When this {noun} graduated."),
        (
            practitioner.has_telehealth is None,
            "Whether visits by video or telephone are offered.",
        ),
        (
            not has_hospital,
            NO_HOSPITAL,
        ),
        (not has_phone, "A telephone number."),
    ]
    said = [sentence for is_missing, sentence in missing if is_missing] + ALWAYS
    return [sentence.format(noun=noun) for sentence in said]


def own_list(
    does: list[PractitionerSpecialization], practices: list[Practice], along: Along
) -> Search | None:
    """Return the list of this doctor's kind: the city's, else the country's."""
    if not does:
        return None
    kind = does[0].specialization
    search = Search(kind, apart_from=along.apart_from, compare=along.compare)
    if practices:
        place = practices[0].location.place
        search = search.narrowed(place.state, place)
    return search


def everybody(
    doctor: Practitioner,
    does: list[PractitionerSpecialization],
    practices: list[Practice],
    along: Along,
) -> Way | None:
    """Return the list with this doctor's colleagues; who else is left out stays so."""
    if along.apart_from == doctor.npi:
        along = replace(along, apart_from="")
    search = own_list(does, practices, along)
    if search is None:
        return None
    where = search.where or ANYWHERE
    if search.apart_from:
        return Way(f"{search.specialization.title_plural}{where}", search.url())
    return Way(f"All {search.specialization.titles_in_sentence}{where}", search.url())


def along_and_back(
    does: list[PractitionerSpecialization], practices: list[Practice], along: Along
) -> Along:
    """Return what goes along to hospitals: whoever leaves one out comes to a list.

    To the one that led here, or the one of this doctor's kind. Where nothing was chosen
    the address stays plain.
    """
    search = own_list(does, practices, along)
    if along.back or not along or search is None:
        return along
    if along.near:
        search = replace(search, state="", place=None)
    return replace(along, back=search.along_and_back.back)


def independent(
    doctor: Practitioner,
    does: list[PractitionerSpecialization],
    practices: list[Practice],
    along: Along,
) -> list[Way]:
    """Return the lists without whoever works where this doctor works.

    Those around the ZIP code, of the city and of the state; without an address the
    whole country's.
    """
    if not does:
        return []
    kind = does[0].specialization
    search = Search(kind, apart_from=doctor.npi, compare=along.compare)
    searches = [search]
    if practices:
        place = practices[0].location.place
        searches = [search.narrowed(place.state, place), search.narrowed(place.state)]
    if along.near:
        searches.insert(0, replace(search, near=along.near))
    titles = search.specialization.title_plural
    return [Way(f"{titles}{one.where or ANYWHERE}", one.url()) for one in searches]


def crumbs(
    does: list[PractitionerSpecialization], practices: list[Practice], along: Along
) -> list[tuple[str, str]]:
    """Return the lists between the home page and this doctor."""
    found = [("Find a doctor", along.finder_url)]
    search = own_list(does, practices, along)
    if search:
        kind = search.narrowed("")
        found.append((kind.specialization.title_plural, kind.url()))
        if search.place:
            state = search.narrowed(search.state)
            found.append((STATES[search.state], state.url()))
            found.append((search.place.name, search.url()))
    return found


def ways(doctor: Practitioner, along: Along) -> list[tuple[str, str]]:
    """Return where to go from a retired doctor: the same kind in the same state.

    Then the comparison that there is. Two queries; only what leads to somebody, with
    how many, which nobody has counted where some are left out.
    """
    states = Practice.objects.filter(practitioner=doctor).values(
        "location__place__state"
    )
    rows = (
        PractitionerCount.objects.filter(
            specialization__in=PractitionerSpecialization.objects.filter(
                practitioner=doctor
            ).values("specialization"),
            place=None,
        )
        .select_related("specialization")
        .order_by("specialization__name", "-state", "pk")
    )
    near = set(states.values_list("location__place__state", flat=True))
    found = []
    for row in rows:
        if row.state in near or not row.state:
            search = Search(
                row.specialization,
                row.state,
                apart_from=along.apart_from,
                compare=along.compare,
            )
            text = f"{row.specialization.title_plural}{search.where or ANYWHERE}"
            number = f" ({row.practitioners:,})" if not along.apart_from else ""
            found.append((f"{text}{number}", search.url()))
    if along.compare:
        found.append(("See the comparison", along.comparison_url))
    return found
