"""The login of the admin: whoever guesses passwords gets a few tries an hour.

What is counted is the network, not the account: nobody can lock an editor out by
guessing from somewhere else. Who is not there and who has another password get the
same answer, and a try above the limit is not looked at.
"""

from typing import Any, cast

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone

from directory.public_forms import may_try, take_back_try

FORM = "login"
FAILURES_AN_HOUR = 20
TOO_MANY = (
    "Too many logins from your network failed in this hour, so this one was not looked "
    "at. Please try again in {}. Whoever is logged in can go on working."
)


class LoginForm(AdminAuthenticationForm):
    """The admin's own form, which counts the tries that fail."""

    def clean(self) -> dict[str, Any]:
        """Count before the password is asked: of many tries at once none slips by."""
        request = cast("HttpRequest", self.request)
        if not may_try(request, FORM, most=FAILURES_AN_HOUR):
            minutes = 60 - timezone.now().minute
            wait = f"{minutes} minutes" if minutes > 1 else "a minute"
            raise ValidationError(TOO_MANY.format(wait), code="too_many")
        cleaned: dict[str, Any] = super().clean()
        take_back_try(request, FORM)
        return cleaned
