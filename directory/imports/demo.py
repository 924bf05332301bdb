"""Load and remove the made-up clinicians, group practices and health systems.

They come as sample files, through the same import as every release. No published file
says which health system a group practice belongs to, so a few large ones get a made-up
one afterwards; a made-up system never owns a real hospital.
"""

from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from django.db import transaction
from django.db.models import Count, Exists, Min, OuterRef, Q

from directory.data_files import HOSPITAL_LIST
from directory.imports import staging
from directory.imports.counts import rebuild_counts
from directory.imports.directory_import import Wanted, import_directory
from directory.imports.places import delete_unused_locations
from directory.imports.report import ImportRefusedError, Report
from directory.imports.source_file import sha256_of
from directory.models import (
    Affiliation,
    Correction,
    ErrorReport,
    FormerAffiliation,
    FormerPractice,
    ImportRun,
    Organization,
    Practice,
    Practitioner,
    PractitionerSpecialization,
    SourceRelease,
    SpecializationCode,
    UnmappedPractitioner,
    UnmappedSpecialty,
    WaitingAffiliation,
)
from directory.sample import layouts, names
from directory.sample.files import Sample, write_sample
from directory.values.sort_keys import sort_key

Dataset = SourceRelease.Dataset
PEOPLE = 20_000
SEED = 2026
VERSION = "2026"
HOSPITALS = HOSPITAL_LIST  # where the made-up people work
FILES: dict[str, str] = {
    Dataset.DOCTORS: layouts.DOCTORS,
    Dataset.AFFILIATIONS: layouts.AFFILIATIONS,
}
SYSTEM_FROM = 15  # people of the smallest group that belongs to a system
IN_SYSTEM = 0.6  # of these
SYSTEMS_A_STATE = 2
OF_PEOPLE = (
    Affiliation,
    FormerAffiliation,
    FormerPractice,
    Practice,
    PractitionerSpecialization,
    UnmappedPractitioner,
)


def load(people: int = PEOPLE, seed: int = SEED) -> list[Report]:
    """Load made-up clinicians unless the same ones are there; replace others.

    Raises ImportRefusedError where specializations or hospitals are missing, or where
    what was done by hand would be lost with those who are there.
    """
    verify()
    with TemporaryDirectory() as folder:
        write_sample(Sample(people, seed, hospitals=HOSPITALS), Path(folder))
        files = {dataset: Path(folder) / name for dataset, name in FILES.items()}
        is_new = not are_loaded(files)
        if is_new:
            verify_nothing_by_hand()
            remove()
        reports = import_directory(Wanted(files, VERSION, is_demo=True))
    if is_new:
        add_systems(seed)
    return list(reports.values())


def verify() -> None:
    """Stop where the made-up people would have nothing to stand on."""
    codes = SpecializationCode.objects.filter(
        system=SpecializationCode.System.CMS_SPECIALTY
    )
    hospitals = Organization.objects.listed().hospitals().filter(is_stub=False)
    if not hospitals.exists() or not codes.exists():
        raise ImportRefusedError(
            "There are no hospitals or no specializations yet: "
            "run manage.py load_directory first."
        )


def verify_nothing_by_hand() -> None:
    """Stop where corrections or reports are of made-up people: they would go too."""
    of_made_up = Q(practitioner__is_demo=True) | Q(organization__is_demo=True)
    corrections = Correction.objects.filter(of_made_up).count()
    reports = ErrorReport.objects.filter(of_made_up).count()
    if corrections or reports:
        raise ImportRefusedError(
            "Other made-up doctors are there, and what is known of them by hand would "
            f"be lost (corrections: {corrections:,}, error reports: {reports:,}). "
            "To have these in their place, run manage.py remove_demo first."
        )


def are_loaded(files: dict[str, Path]) -> bool:
    """Say whether these very files are the demonstration that is there."""
    loaded = SourceRelease.objects.filter(is_demo=True)
    marks = {(dataset, VERSION, sha256_of(path)) for dataset, path in files.items()}
    return set(loaded.values_list("dataset", "version", "sha256")) == marks


@transaction.atomic
def add_systems(seed: int) -> None:
    """Let most large groups belong to one of a few systems of their state."""
    random = Random(seed)  # noqa: S311 (nothing secret: the same systems every time)
    large = (
        Organization.objects.filter(is_demo=True, kind=Organization.Kind.GROUP)
        .annotate(
            people=Count("practices__practitioner", distinct=True),
            state=Min("practices__location__place__state"),
        )
        .filter(people__gte=SYSTEM_FROM)
        .order_by("pac_id")
    )
    members: dict[tuple[str, int], list[int]] = {}
    for pk, state in large.values_list("pk", "state"):
        if random.random() < IN_SYSTEM:
            system = (state, random.randrange(SYSTEMS_A_STATE))
            members.setdefault(system, []).append(pk)
    release = SourceRelease.objects.get(is_demo=True, dataset=Dataset.DOCTORS)
    for groups in members.values():
        made = made_up_system(random, release)
        Organization.objects.filter(pk__in=groups).update(system=made)
    rebuild_counts()  # the lists know who shares a system


def made_up_system(random: Random, release: SourceRelease) -> Organization:
    """Make a health system."""
    name = names.system_name(random)
    return Organization.objects.create(
        kind=Organization.Kind.SYSTEM,
        name=name,
        published_name=name,
        sort_key=sort_key(name),
        is_demo=True,
        first_release=release,
        last_release=release,
    )


@transaction.atomic
def remove() -> dict[str, int]:
    """Remove everything made up; return how many people, and how much done by hand.

    Hospitals and specializations stay, as does every clinician of a real file.
    """
    staging.hold_import_lock()
    made_up = Practitioner.objects.filter(is_demo=True)
    WaitingAffiliation.objects.filter(is_demo=True).delete()
    for model in OF_PEOPLE:
        model._default_manager.filter(practitioner__in=made_up).delete()
    UnmappedSpecialty.objects.filter(practitioners=None).delete()
    gone = Counter(made_up.delete()[1]) + Counter(remove_organizations())
    SourceRelease.objects.filter(is_demo=True).delete()
    ImportRun.objects.filter(is_demo=True).delete()
    delete_unused_locations()
    rebuild_counts()
    counted = {
        "doctors": Practitioner,
        "corrections": Correction,
        "error reports": ErrorReport,
    }
    return {name: gone[model._meta.label] for name, model in counted.items()}


def remove_organizations() -> dict[str, int]:
    """Remove what was made up, but nothing that a real file has named since.

    Returns how many rows went, by model.
    """
    organizations = Organization.objects.filter(is_demo=True)
    uses = [
        model._default_manager.filter(organization=OuterRef("pk"))
        for model in (Affiliation, FormerAffiliation, FormerPractice, Practice)
    ]
    for use in uses:
        organizations.filter(Exists(use)).update(is_demo=False)
    gone = organizations.delete()[1]
    for release in ("first_release", "last_release"):
        left = Organization.objects.filter(**{f"{release}__is_demo": True})
        left.update(**{release: None})
    return gone
