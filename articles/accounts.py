"""Who is who, and which account is whose: a sign-off in one's own name rests on it.

So does that nobody signs their own text: who wrote it is known by name or by login.
And so does what readers are told: a sign-off keeps the credential of its day, the name
beside it is that of the person who signed.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import Contributor
from directory.permissions import require

# whoever vouches for what another said vouches for who they are
LINKS = "articles.record_review"

IDENTITY = ("name", "credential", "slug", "is_demo")
# what readers are told in a person's name, beside all that they have signed
STATED = ("role", "bio", "conflicts_of_interest", "conflicts_declared_on")
HELD = (
    "This person has signed a text, was asked to by link, or has an account here: only "
    "the editor-in-chief changes this."
)
HELD_BUT_FOR_THEM = (
    "Readers take this for their words: only they and the editor-in-chief change it."
)


def held_from(*, person: Contributor, by: User | None = None) -> dict[str, str]:
    """Return what is not theirs to change of a stored person, each with why not."""
    if (by is not None and by.has_perm(LINKS)) or not person.is_vouched_for():
        return {}
    held = dict.fromkeys(IDENTITY, HELD)
    if by is not None and person.user_id == by.pk:
        return held
    return held | dict.fromkeys(STATED, HELD_BUT_FOR_THEM)


def refuse_another(
    *,
    person: Contributor,
    values: Mapping[str, Any],
    by: User | None = None,
    words: str = "",
) -> None:
    """Refuse values that make another of a person whom somebody vouched for.

    Raises ValidationError with ``words``, else with why, at each of them.
    """
    changed = {
        name: words or why
        for name, why in held_from(person=person, by=by).items()
        if name in values and values[name] != getattr(person, name)
    }
    if changed:
        raise ValidationError(changed)


@transaction.atomic
def save_person(*, person: Contributor, by: User | None) -> None:
    """Store who a person is and what is said of them, where that is theirs to say.

    Raises PermissionDenied, ValidationError.
    """
    require(by, f"articles.{'change' if person.pk else 'add'}_contributor")
    if person.pk and by is not None:
        stored = Contributor.objects.select_for_update().get(pk=person.pk)
        values = {name: getattr(person, name) for name in IDENTITY + STATED}
        refuse_another(person=stored, values=values, by=by)
    person.save()


def refuse_leaving(*, person: Contributor, by: User | None) -> None:
    """Refuse to take one's own account from a person: their texts were one's own."""
    if by is not None and person.user_id == by.pk:
        raise ValidationError(
            "This is your own account: a colleague has to take it from this person."
        )


@transaction.atomic
def link_account(*, person: Contributor, account: User | None, by: User | None) -> None:
    """Say who logs in as a person, or that nobody does.

    Raises PermissionDenied, ValidationError.
    """
    require(by, LINKS)
    stored = Contributor.objects.select_for_update().get(pk=person.pk)
    if stored.user != account:
        refuse_leaving(person=stored, by=by)
    person.user = account
    person.save(update_fields=["user"])
