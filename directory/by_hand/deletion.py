"""Deleting what guides may link to: refused with their list, or with a replacement."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, ProtectedError, QuerySet

from directory.imports.counts import rebuild_counts
from directory.imports.relisting import relist
from directory.imports.staging import require_no_import
from directory.models import (
    FormerSpecializationSlug,
    Organization,
    Place,
    Practitioner,
    PractitionerSpecialization,
    Specialization,
)
from directory.permissions import require

Target = Specialization | Organization | Practitioner | Place
Level = Specialization.Level


class StillLinkedError(Exception):
    """Public guides link to what was about to go; ``articles`` are those guides."""

    def __init__(self, articles: Sequence[Any]) -> None:
        self.articles = articles
        super().__init__(
            "Public guides link to it: " + ", ".join(each.slug for each in articles)
        )


class StillInUseError(Exception):
    """Other rows of the directory stand on what was about to go."""


def replacements_of(target: Target) -> QuerySet[Any]:
    """Return what the links to ``target`` may lead to instead."""
    found: QuerySet[Any]
    if isinstance(target, Specialization):
        levels = {target.level}
        if target.level == Level.SUB_SPECIALIZATION:
            levels.add(Level.SPECIALIZATION)
        found = Specialization.objects.listed().filter(level__in=levels)
    elif isinstance(target, Organization):
        found = Organization.objects.listed().hospitals()
    elif isinstance(target, Practitioner):
        found = Practitioner.objects.listed()
    else:
        found = Place.objects.listed().filter(state=target.state)
    return found.exclude(pk=target.pk)


@transaction.atomic
def delete(*, target: Target, replacement: Target | None, by: User | None) -> None:
    """Delete a row of the directory; all links to it lead to ``replacement``.

    A specialization hands over its addresses, codes, doctors and sub-specializations
    too. Raises StillLinkedError, StillInUseError, or ValidationError for a replacement
    that cannot be one, for what is gone already, and while an import runs. Where lists
    of many people change, all are made anew: with all doctors of the country that takes
    as long as the end of an import.
    """
    require(by, f"directory.delete_{target._meta.model_name}")
    require_no_import()
    pk = target.pk
    if not type(target)._default_manager.filter(pk=pk).exists():
        raise ValidationError("It is deleted already.")  # the button was pressed twice
    if replacement is not None:
        if not replacements_of(target).filter(pk=replacement.pk).exists():
            raise ValidationError("Choose another one of the same kind.")
        target.incoming_links.lead_to(replacement)
        if isinstance(target, Specialization):
            _hand_over(target, replacement)
    if guides := list(target.incoming_links.published_articles()):
        raise StillLinkedError(guides)
    try:
        target.delete()
    except ProtectedError as error:
        kinds = {
            str(each._meta.verbose_name_plural) for each in error.protected_objects
        }
        raise StillInUseError(
            f"The directory still has {', '.join(sorted(kinds))} of it."
        ) from error
    # No list may promise or tie what is gone.
    if isinstance(target, Practitioner):
        relist([pk])
    elif isinstance(target, Specialization) or _is_system(target):
        rebuild_counts()


def _is_system(target: Target) -> bool:
    return getattr(target, "kind", "") == Organization.Kind.SYSTEM


def _hand_over(specialization: Specialization, into: Any) -> None:
    """Give another specialization everything that stands on this one."""
    specialization.children.update(parent=into)
    specialization.codes.update(specialization=into)
    specialization.former_slugs.update(specialization=into)
    FormerSpecializationSlug.objects.create(
        slug=specialization.slug, specialization=into
    )
    rows = PractitionerSpecialization.objects
    ours, theirs = (rows.filter(specialization=each) for each in (specialization, into))
    first = ours.filter(is_primary=True).values("practitioner")
    theirs.filter(practitioner__in=first).update(is_primary=True)
    ours.filter(Exists(theirs.filter(practitioner=OuterRef("practitioner")))).delete()
    ours.update(specialization=into)
