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
HELD = (
    "This person has signed a text, was asked to by link, or has an account here: only "
    "the editor-in-chief changes this."
)


def refuse_another(
    *, person: Contributor, values: Mapping[str, Any], words: str = HELD
) -> None:
    """Refuse values that make another of a person whom somebody vouched for.

    Raises ValidationError with ``words`` at each of them.
    """
    changed = [
        name
        for name in IDENTITY
        if name in values and values[name] != getattr(person, name)
    ]
    if changed and person.is_vouched_for():
        raise ValidationError(dict.fromkeys(changed, words))


@transaction.atomic
def save_person(*, person: Contributor, by: User | None) -> None:
    """Store what is said of a person; who they are only by whoever vouches for it.

    Raises PermissionDenied, ValidationError.
    """
    require(by, f"articles.{'change' if person.pk else 'add'}_contributor")
    if person.pk and by is not None and not by.has_perm(LINKS):
        stored = Contributor.objects.select_for_update().get(pk=person.pk)
        values = {name: getattr(person, name) for name in IDENTITY}
        refuse_another(person=stored, values=values)
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
