"""Who gets the mail that the desk sends, and where its links lead."""

from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest

# What sending raises: no server, its refusal, an address that no mail can carry.
NOT_SENT = (OSError, SMTPException, ValueError)
NOT_NOW = "The mail could not be sent. Try again in a few minutes."
NEVER = (
    "The mail was refused, and trying again will not help. Look for a typing mistake "
    "in the address; a new link can go to another one. If the address is right, "
    "whoever runs this site finds in the log why it was refused."
)


def why_not_sent(error: Exception) -> str:
    """Say of a mail whether it is worth another try: what SMTP calls 5yz is not."""
    match error:
        case SMTPRecipientsRefused():
            codes = [code for code, _ in error.recipients.values()]
        case SMTPResponseException():
            codes = [error.smtp_code]
        case ValueError():  # no mail can carry this address
            return NEVER
        case _:
            codes = []
    return NEVER if codes and min(codes) >= 500 else NOT_NOW


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
