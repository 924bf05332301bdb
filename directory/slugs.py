"""What the readable part of an address may be."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

SLUG_FORMAT = r"^[a-z0-9]+(-[a-z0-9]+)*$"

MALFORMED = "An address has lower-case letters, digits and single hyphens only."


def check_free(others: QuerySet[Any], slug: str) -> None:
    """Raise ValidationError for a slug that is malformed or one of ``others`` has."""
    if not re.fullmatch(SLUG_FORMAT, slug):
        raise ValidationError(MALFORMED)
    if others.filter(slug=slug).exists():
        raise ValidationError(f"Another one has the address {slug} already.")
