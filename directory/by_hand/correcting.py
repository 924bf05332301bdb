"""Set a fact by hand: it shows at once, with its own date, and outlives imports."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.imports.relisting import relist
from directory.imports.staging import require_no_import
from directory.models import (
    Correction,
    FormerPractice,
    Organization,
    Practice,
    Practitioner,
)
from directory.permissions import require
from directory.values.sort_keys import sort_key

Field = Correction.Field
NAMES = {"first_name", "middle_name", "last_name"}


@transaction.atomic
def correct(*, correction: Correction, by: User | None) -> None:
    """Save a correction and write its value; one that says the same keeps its date.

    Raises ValidationError for a value that does not fit the field, and while an import
    runs.
    """
    require(by, "directory.change_correction")
    require_no_import()
    correction.clean()
    before = Correction.objects.filter(pk=correction.pk).first()
    if before is None:
        correction.published = published_value(correction)
    elif before.value == correction.value:
        return
    correction.corrected_on = timezone.localdate()
    correction.corrected_by = by
    correction.save()
    if correction.field == Field.GONE:
        hide(correction)
    else:
        write(correction, correction.value)


@transaction.atomic
def withdraw(*, correction: Correction, by: User | None) -> None:
    """Take a correction back: what the files say shows again.

    Raises ValidationError while an import runs.
    """
    require(by, "directory.delete_correction")
    require_no_import()
    if correction.field == Field.GONE:
        show(correction)
    else:
        write(correction, correction.published)
    correction.delete()


def published_value(correction: Correction) -> str:
    """Return what stands in the directory before the first correction."""
    if correction.field == Field.GONE:
        return ""
    if correction.location is None:
        return getattr(correction.target, correction.field) or ""
    practices = Practice.objects.filter(**correction.practice)
    return practices.values_list("phone", flat=True).first() or ""


def write(correction: Correction, value: str) -> None:
    """Write one fact, and the order that follows from a name."""
    if correction.location is not None:
        for model in (Practice, FormerPractice):
            model._default_manager.filter(**correction.practice).update(phone=value)
        return
    target, field = correction.target, correction.field
    target.refresh_from_db()  # another of several corrections may have written it
    setattr(target, field, value)
    if isinstance(target, Organization):
        target.sort_key = sort_key(target.name)
    elif field in NAMES:
        target.sort_key = sort_key(
            target.last_name, target.first_name, target.middle_name
        )
    target.save(update_fields=[field, "sort_key"])
    if isinstance(target, Practitioner) and field in NAMES:
        relist([target.pk])


def hide(correction: Correction) -> None:
    """Move a practice to the former ones, where it waits for better knowledge."""
    practice = Practice.objects.filter(**correction.practice).first()
    if practice is None:
        return
    FormerPractice.objects.update_or_create(
        **correction.practice,
        defaults={
            "phone": practice.phone,
            "first_release_id": practice.first_release_id or practice.release_id,
            "last_release_id": practice.release_id,
        },
    )
    practice.delete()
    relist([practice.practitioner_id])


def show(correction: Correction) -> None:
    """Bring a practice back, unless the files do not name it any more either."""
    if correction.published == Correction.NOT_NAMED:
        return
    former = FormerPractice.objects.filter(**correction.practice).first()
    doctor = correction.target
    if former is None or former.last_release_id != doctor.last_release_id:
        return
    Practice.objects.create(
        **correction.practice,
        phone=former.phone,
        first_release_id=former.first_release_id,
        release_id=former.last_release_id,
    )
    former.delete()
    relist([doctor.pk])
