"""New addresses for specializations; the old ones lead on for good."""

from django.contrib.auth.models import User
from django.db import transaction

from directory.models import FormerSpecializationSlug, Specialization
from directory.permissions import require
from directory.slugs import check_free


@transaction.atomic
def rename_specialization(
    *, specialization: Specialization, slug: str, by: User | None
) -> None:
    """Give a specialization a new address; the old one leads here for good.

    Raises ValidationError for a slug that is malformed or another one's.
    """
    require(by, "directory.change_specialization")
    if slug == specialization.slug:
        return
    check_free(Specialization.objects.all(), slug)
    FormerSpecializationSlug.objects.filter(slug=slug).delete()
    FormerSpecializationSlug.objects.create(
        slug=specialization.slug, specialization=specialization
    )
    specialization.slug = slug
    specialization.save(update_fields=["slug"])
