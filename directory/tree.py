"""The tree of specializations as pages show it: families, rungs, counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from directory.models import Specialization


@dataclass
class Branch:
    """A specialization with what stands below it, by name."""

    specialization: Specialization
    children: list["Branch"] = field(default_factory=list)


def tree_of(specializations: Iterable[Specialization]) -> list[Branch]:
    """Return the families with their branches; order within a rung is kept."""
    branches = {one.pk: Branch(one) for one in specializations}
    families = []
    for branch in branches.values():
        parent = branches.get(branch.specialization.parent_id or 0)
        if parent is not None:
            parent.children.append(branch)
        else:
            families.append(branch)
    return families


def by_letter(
    specializations: Iterable[Specialization],
) -> list[tuple[str, list[Specialization]]]:
    """Return (letter, specializations) for everything but families, by name."""
    named = sorted(
        (one for one in specializations if not one.is_family),
        key=lambda one: one.name.casefold(),
    )
    groups = groupby(named, key=lambda one: one.name[0].upper())
    return [(letter, list(group)) for letter, group in groups]
