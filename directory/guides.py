"""The guides that speak of something here, by reverse accessor: never an import."""

from collections.abc import Sequence
from typing import Any

from directory.models import Organization, Specialization


def guides_about(*targets: Specialization | Organization | None) -> Sequence[Any]:
    """Return the published guides with a link to the first target that has any.

    Each has a title, a description and an address; one query a target asked.
    """
    for target in targets:
        if target is not None:
            guides = list(target.incoming_links.published_articles().guides())
            if guides:
                return guides
    return []
