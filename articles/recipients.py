"""Who gets the mail that the desk sends, and where its links lead."""

from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest

# What sending raises: no server, its refusal, an address that no mail can carry.
NOT_SENT = (OSError, SMTPException, ValueError)


def reachable(permission: str, **conditions: object) -> list[User]:
    """Return who may log in, has this permission and an e-mail address: one query."""
    users = User.objects.with_perm(permission).filter(is_staff=True)
    return list(users.exclude(email="").filter(**conditions).order_by("pk"))


def editors_in_chief() -> list[User]:
    """Return who hears of what has no owner; superusers where there is nobody else.

    The right to record another's review is what an editor-in-chief alone has.
    """
    permission = "articles.record_review"
    return reachable(permission, is_superuser=False) or reachable(permission)


def origin_for(request: HttpRequest) -> str:
    """Return where the links of a mail lead that a request gives rise to.

    An editor may be at an address that a reviewer outside cannot reach.
    """
    return settings.GIVEN_ORIGIN or request.build_absolute_uri("/")
