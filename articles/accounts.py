"""Which account is whose: a sign-off in one's own name rests on it.

So does that nobody signs their own text: who wrote it is known by name or by login.
"""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.models import Contributor
from directory.permissions import require

# whoever vouches for what another said vouches for who they are
LINKS = "articles.record_review"


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
