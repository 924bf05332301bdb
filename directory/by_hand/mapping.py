"""What the directory manager maps by hand; it takes effect at once and for good."""

from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from directory.imports.hospitals import give_back_links, people_linked_to
from directory.imports.recording import let_load_again
from directory.imports.relisting import relist
from directory.imports.staging import require_no_import
from directory.models import (
    Affiliation,
    FormerAffiliation,
    Organization,
    PractitionerSpecialization,
    SourceRelease,
    Specialization,
    SpecializationCode,
    UnmappedSpecialty,
)
from directory.permissions import require


@transaction.atomic
def map_specialty(
    *, unmapped: UnmappedSpecialty, specialization: Specialization, by: User | None
) -> int:
    """Give a specialty string a specialization, and so its clinicians; count them.

    Raises ValidationError for a family, which has no clinicians, for what is mapped
    already, and while an import runs.
    """
    require(by, "directory.change_unmappedspecialty")
    require_no_import()
    require_unmapped(unmapped)
    if specialization.is_family:
        raise ValidationError("A family has no clinicians: choose a specialization.")
    SpecializationCode.objects.update_or_create(
        system=SpecializationCode.System.CMS_SPECIALTY,
        code=unmapped.published,
        defaults={"specialization": specialization, "is_by_hand": True},
    )
    named = dict(
        unmapped.practitioners.order_by("pk").values_list(
            "practitioner_id", "is_primary"
        )
    )
    theirs = PractitionerSpecialization.objects.filter(specialization=specialization)
    first = [pk for pk, is_primary in named.items() if is_primary]
    theirs.filter(practitioner__in=first).update(is_primary=True)
    has_it = theirs.filter(practitioner__in=named)
    new = sorted(named.keys() - set(has_it.values_list("practitioner_id", flat=True)))
    PractitionerSpecialization.objects.bulk_create(
        (
            PractitionerSpecialization(
                practitioner_id=pk,
                specialization=specialization,
                is_primary=named[pk],
            )
            for pk in new
        ),
        batch_size=5000,
    )
    unmapped.delete()
    relist(new)
    return len(new)


def require_unmapped(specialty: UnmappedSpecialty) -> None:
    """Raise ValidationError if somebody mapped it, or pressed the button twice.

    To be asked once no other change by hand is waited for.
    """
    if not UnmappedSpecialty.objects.filter(pk=specialty.pk).exists():
        raise ValidationError(
            "It is mapped already: “Specialization codes” says to what."
        )


@transaction.atomic
def unmap_specialty(*, code: SpecializationCode, by: User | None) -> None:
    """Take a mapping back: with the next doctors file its string is unmapped again.

    Only the file knows who has the string, so the one that was loaded last may be
    loaded again. Raises ValidationError while an import runs.
    """
    require(by, "directory.change_unmappedspecialty")
    require_no_import()
    code.delete()
    let_load_again(SourceRelease.Dataset.DOCTORS)


@transaction.atomic
def map_orphan(*, orphan: Organization, hospital: Organization, by: User | None) -> int:
    """Say which hospital a number without a name stands for; return the links moved.

    Raises ValidationError where the one is no orphan or the other no named hospital,
    and while an import runs.
    """
    require(by, "directory.change_organization")
    require_no_import()
    orphan.refresh_from_db()  # whoever was waited for may have mapped it
    if not orphan.is_stub:
        raise ValidationError("This hospital has a name of its own.")
    if orphan.same_as_id:
        unmap_orphan(orphan=orphan, by=by)
    is_named = hospital.kind == Organization.Kind.HOSPITAL and not hospital.is_stub
    if not is_named or hospital.retired_at:
        raise ValidationError("Choose a hospital that the hospital file names.")
    people = people_linked_to(orphan)
    links = Affiliation.objects.filter(organization=orphan)
    moved = links.update(organization=hospital)
    former = FormerAffiliation.objects.filter(organization=orphan)
    for model in (Affiliation, FormerAffiliation):
        former.filter(Exists(_same_link(model, hospital))).delete()
    former.update(organization=hospital)
    orphan.same_as = hospital
    orphan.save(update_fields=["same_as"])
    if take_over_system(orphan, hospital):
        people = people_linked_to(hospital)
    relist(people)
    return moved


def take_over_system(orphan: Organization, hospital: Organization) -> bool:
    """Let a hospital have what the systems file says of its number; say whether.

    Else the number's people would lose their health system until the file comes again.
    """
    facts = ("system", "is_teaching")
    said = {name: getattr(orphan, name) for name in facts}
    is_known = any(getattr(hospital, name) is not None for name in facts)
    if is_known or not any(fact is not None for fact in said.values()):
        return False
    for name, fact in said.items():
        setattr(hospital, name, fact)
    hospital.save(update_fields=facts)
    return True


@transaction.atomic
def unmap_orphan(*, orphan: Organization, by: User | None) -> int:
    """Let a number have its links again; return how many there are.

    Raises ValidationError while an import runs.
    """
    require(by, "directory.change_organization")
    require_no_import()
    orphan.refresh_from_db()
    if orphan.same_as_id:  # else it has them already
        give_back_links(orphan)
        relist(people_linked_to(orphan))
    return Affiliation.objects.filter(organization=orphan).count()


def _same_link(
    model: type[Affiliation | FormerAffiliation], hospital: Organization
) -> QuerySet[Any]:
    """Return what a hospital has already of a link that is about to be its own."""
    return model._default_manager.filter(
        organization=hospital,
        practitioner=OuterRef("practitioner"),
        reported_ccn=OuterRef("reported_ccn"),
    )
