"""What readers and the directory manager are told: by the database, by the model."""

from collections import defaultdict
from itertools import combinations

from directory.finder.apart import find_apart
from directory.independence import compare, side_of_doctor
from directory.models import (
    Affiliation,
    FormerAffiliation,
    FormerPractice,
    Listing,
    Organization,
    Practice,
    Practitioner,
    PractitionerCount,
    PractitionerSpecialization,
    PractitionerTaxonomy,
    ReplacedNpi,
    Specialization,
    UnmappedPractitioner,
    UnmappedSpecialty,
    WaitingAffiliation,
)
from directory.people_ties import bring_ties
from tests.directory.independence_oracle import LEVELS, overall, verdicts
from tests.directory.oracle.files import ADDRESSES, HOSPITALS, MADE_UP, REAL
from tests.directory.oracle.model import Model

NUMBERS = [*REAL, *MADE_UP, *HOSPITALS]
SPECIALIZATIONS = {"Cardiology": "", "Neurology": "", "Rhythm": "Cardiology"}


# The database -------------------------------------------------------------------


def told_by_the_database():
    return {
        "people": {
            one.npi: {
                "last_name": one.last_name,
                "credential": one.credential,
                "has_telehealth": one.has_telehealth,
                "is_demo": one.is_demo,
                "first": release(one.first_release),
                "last": release(one.last_release),
                "is_retired": one.retired_at is not None,
            }
            for one in Practitioner.objects.select_related(
                "first_release", "last_release"
            )
        },
        "does": of_people(
            PractitionerSpecialization.objects.select_related("specialization"),
            lambda one: one.specialization.name,
            lambda one: one.is_primary,
        ),
        "codes": of_people(PractitionerTaxonomy.objects.all(), lambda one: one.code),
        "practices": facts(Practice, practice_key, "phone", "release"),
        "former practices": facts(
            FormerPractice, practice_key, "phone", "last_release"
        ),
        "links": facts(Affiliation, link_key, "through", "release"),
        "former links": facts(FormerAffiliation, link_key, "through", "last_release"),
        "waiting": {
            (o.npi, o.facility_type, o.ccn, o.hospital, o.is_demo, release(o.release))
            for o in WaitingAffiliation.objects.select_related("release")
        },
        "hospitals": {
            one.ccn: {
                "kind": one.kind,
                "is_stub": one.is_stub,
                "name": None if one.is_stub else one.name,
                "phone": one.phone,
                "is_retired": one.retired_at is not None,
                "same_as": one.same_as and one.same_as.ccn,
                "system": one.system and one.system.ahrq_id,
                "is_teaching": one.is_teaching,
            }
            for one in Organization.objects.exclude(ccn="").select_related(
                "same_as", "system"
            )
        },
        "groups": {
            one.pac_id: {
                "name": one.name,
                "is_demo": one.is_demo,
                "is_retired": one.retired_at is not None,
            }
            for one in Organization.objects.filter(kind="group")
        },
        "replaced": dict(ReplacedNpi.objects.values_list("npi", "replacement")),
        "unmapped": of_people(
            UnmappedPractitioner.objects.select_related("specialty"),
            lambda one: one.specialty.published,
            lambda one: one.is_primary,
        ),
        "unmapped counts": dict(
            UnmappedSpecialty.objects.values_list("published", "clinicians")
        ),
        **lists_of_the_database(),
    }


def lists_of_the_database():
    listed = defaultdict(set)
    for one in Listing.objects.select_related("specialization", "place"):
        listed[one.specialization.name, one.npi].add((city(one.place), one.zip_code))
    sides = {
        one.npi: side_of_doctor(one)
        for one in bring_ties(Practitioner.objects.listed())
    }
    specializations = Specialization.objects.filter(name__in=SPECIALIZATIONS)
    return {
        "listed": dict(listed),
        "counts": {
            (one.specialization.name, one.state, city(one.place)): (
                one.practitioners,
                one.with_telehealth,
                one.at_teaching_hospital,
            )
            for one in PractitionerCount.objects.select_related(
                "specialization", "place"
            )
        },
        "verdicts": {
            pair: {
                one.level: one.verdict
                for one in compare(*(sides[npi] for npi in pair)).levels
            }
            for pair in combinations(sorted(sides), 2)
        },
        "left out": {
            (number, one.name): left_out(find_apart(number), one)
            for number in NUMBERS
            for one in specializations
        },
    }


def release(one):
    return one and (one.dataset, one.version, one.is_demo)


def city(place):
    return place.name.upper() if place else ""


def of_people(rows, key, *values):
    """Return NPI -> key -> what a row says; no two rows of somebody have one key."""
    found = defaultdict(dict)
    for one in rows.select_related("practitioner"):
        known = found[one.practitioner.npi]
        assert key(one) not in known
        known[key(one)] = tuple(value(one) for value in values)
    return dict(found)


def facts(model, key, detail, last):
    rows = model._default_manager.select_related("organization", "first_release", last)
    if model in (Practice, FormerPractice):
        rows = rows.select_related("location__place")
    return of_people(
        rows,
        key,
        lambda one: getattr(one, detail),
        lambda one: release(one.first_release),
        lambda one: release(getattr(one, last)),
    )


def practice_key(one):
    at = one.location
    lines = (at.line_1.upper(), at.line_2.upper(), city(at.place))
    [address] = [known for known in ADDRESSES if known[:3] == lines]
    return address, one.organization.pac_id if one.organization else ""


def link_key(one):
    return one.organization.ccn, one.reported_ccn


def left_out(apart, specialization):
    if apart is None:
        return None
    number = getattr(apart.subject, "npi", "") or apart.subject.ccn
    ties = {tie for level in apart.ties(specialization).values() for tie in level}
    rows = Listing.objects.filter(specialization=specialization)
    return number, {one.npi for one in rows if ties & set(one.ties)} - {number}


# The model ----------------------------------------------------------------------


def told_by_the_model(model: Model):
    practices = {npi: model.practices_of(npi) for npi in model.people}
    return {
        "people": {npi: model.person(npi) for npi in model.people},
        "does": filled(
            {
                npi: {name: (is_primary,) for name, is_primary in one.items()}
                for npi, one in model.does.items()
            }
        ),
        "codes": filled(
            {npi: dict.fromkeys(one, ()) for npi, one in model.codes.items()}
        ),
        "practices": filled({npi: seen for npi, (seen, _) in practices.items()}),
        "former practices": filled(
            {npi: former for npi, (_, former) in practices.items()}
        ),
        "links": filled(model.links),
        "former links": filled(model.former_links),
        "waiting": model.waiting,
        "hospitals": {
            ccn: {name: fact for name, fact in one.items() if name != "at"}
            | {"name": None if one["is_stub"] else model.hospital_name(ccn)}
            for ccn, one in model.hospitals.items()
        },
        "groups": model.groups,
        "replaced": model.replaced,
        "unmapped": by_person(model.unmapped),
        "unmapped counts": {
            text: len(people) for text, people in filled(model.unmapped).items()
        },
        **lists_of_the_model(model),
    }


def lists_of_the_model(model):
    listed = defaultdict(set)
    for npi in model.listed():
        practices, _ = model.practices_of(npi)
        spots = {(at.city, zip_code(at)) for at, _ in practices} or {("", "")}
        for name in with_parents(model.does[npi]):
            listed[name, npi] = spots
    return {
        "listed": dict(listed),
        "counts": counts(model, listed),
        "verdicts": {
            pair: verdicts_of_doctors(model, *pair)
            for pair in combinations(model.listed(), 2)
        },
        "left out": {
            (number, name): left_out_by_the_model(model, number, name)
            for number in NUMBERS
            for name in SPECIALIZATIONS
        },
    }


def filled(found):
    return {key: one for key, one in found.items() if one}


def by_person(unmapped):
    found = defaultdict(dict)
    for text, people in unmapped.items():
        for npi, is_primary in people.items():
            found[npi][text] = (is_primary,)
    return dict(found)


def zip_code(at):
    return at.zip_code.zfill(5)[:5]


def with_parents(names):
    return {one for name in names for one in (name, SPECIALIZATIONS[name]) if one}


def counts(model, listed):
    states = {at.city: at.state for at in ADDRESSES}
    areas = defaultdict(set)
    for (name, npi), spots in listed.items():
        areas[name, "", ""].add(npi)
        for place, _ in spots:
            if place:
                areas[name, states[place], ""].add(npi)
                areas[name, states[place], place].add(npi)
    return {
        area: (
            len(people),
            sum(bool(model.people[npi]["has_telehealth"]) for npi in people),
            sum(is_at_teaching_hospital(model, npi) for npi in people),
        )
        for area, people in areas.items()
    }


def is_at_teaching_hospital(model, npi):
    return any(
        model.hospitals[ccn]["is_teaching"] is True for ccn, _ in model.links[npi]
    )


def verdicts_of(first, second):
    sides = [
        {level: None if side[level] is None else list(side[level]) for level in LEVELS}
        for side in (first, second)
    ]
    return verdicts(*sides)


def verdicts_of_doctors(model, first, second):
    found = verdicts_of(model.ties(first), model.ties(second))
    is_unsure = model.may_be_elsewhere(first) or model.may_be_elsewhere(second)
    if found["hospital"] == "differs" and is_unsure:
        found["hospital"] = "unknown"
    return found


def left_out_by_the_model(model, number, specialization):
    found = model.find(number)
    if found is None:
        return None
    meant, ties = found
    return meant, {
        npi
        for npi in model.listed()
        if npi != meant
        and specialization in with_parents(model.does[npi])
        and overall(verdicts_of(ties, model.ties(npi))) == "shares"
    }
