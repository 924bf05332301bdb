"""Set a fact by hand: it shows at once, with its own date, and outlives imports."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.imports.relisting import relist
from directory.models import Correction, Organization, Practitioner
from directory.permissions import require
from directory.sort_keys import sort_key

NAMES = {"first_name", "middle_name", "last_name"}


@transaction.atomic
def correct(*, correction: Correction, by: User | None) -> None:
    """Save a correction and write its value.

    Raises ValidationError for a value that does not fit the field.
    """
    require(by, "directory.change_correction")
    correction.clean()
    known = Correction.objects.filter(pk=correction.pk).first()
    if known is None:
        correction.published = getattr(correction.target, correction.field) or ""
    correction.corrected_on = timezone.localdate()
    correction.corrected_by = by
    correction.save()
    write(correction.target, correction.field, correction.value)


@transaction.atomic
def withdraw(*, correction: Correction, by: User | None) -> None:
    """Take a correction back: what the files say shows again."""
    require(by, "directory.delete_correction")
    write(correction.target, correction.field, correction.published)
    correction.delete()


def write(target: Practitioner | Organization, field: str, value: str) -> None:
    """Write one fact, and the order that follows from a name."""
    setattr(target, field, value)
    if isinstance(target, Organization):
        target.sort_key = sort_key(target.name)
        target.save(update_fields=[field, "sort_key"])
        return
    if field in NAMES:
        target.sort_key = sort_key(
            target.last_name, target.first_name, target.middle_name
        )
    target.save(update_fields=[field, "sort_key"])
    if field in NAMES:
        relist([target.pk])
