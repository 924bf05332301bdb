"""What every step has: a button, a page with one form, and what it does.

A step is offered to whom may take it and where it makes sense; whether it is taken
decides the action, which asks again.
"""

from abc import abstractmethod
from typing import Any, ClassVar, cast

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict

from articles.models import Revision, SignOff
from articles.publishing import UNSIGNED, faults_of
from articles.standing import Standing, leading_to
from directory.admin.uncut import uncut

AREA = {"rows": 4}
NOT_NEXT = "This is not the next step here any more."
DECIDED = (
    "What readers see, or will see, was changed meanwhile. Look at it first, then "
    "decide."
)
HELD = (
    " The checks keep this text from readers, and a sign-off is not for a mended one."
)


class Step(forms.Form):
    """A step on one text; nothing that came meanwhile is acted on unseen."""

    label: ClassVar[str]
    permissions: ClassVar[tuple[str, ...]]  # any of these
    states: ClassVar[tuple[str, ...]] = ()  # of the newest text, where it makes sense
    # what becomes of a planned publication, and of a planned withdrawal, by this step
    fates: ClassVar[tuple[str, str] | None] = None
    compares: ClassVar[bool] = False  # the text with the one that was signed before
    names_text: ClassVar[bool] = True
    takes_back: ClassVar[bool] = False  # what was done, or what readers have
    takes_from_readers: ClassVar[bool] = False

    number = forms.IntegerField(widget=forms.HiddenInput)
    base_decision = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, standing: Standing, by: User, origin: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.by = by
        self.origin = origin  # where links in a mail lead
        shown = self.shown()
        self.initial["number"] = shown.number if shown else None
        self.initial["base_decision"] = standing.decided
        if self.fates is None:
            del self.fields["base_decision"]
        self.set_up()
        uncut(self)

    @classmethod
    def is_open_to(cls, user: User) -> bool:
        """Whether this user may take the step."""
        return any(user.has_perm(f"articles.{name}") for name in cls.permissions)

    @classmethod
    def is_offered(cls, standing: Standing, user: User) -> bool:
        """Whether this user may take the step, and it leads somewhere now."""
        return cls.is_open_to(user) and cls.makes_sense(standing, user)

    @classmethod
    def makes_sense(cls, standing: Standing, user: User) -> bool:
        """Whether the step leads somewhere now, for whoever may take it."""
        return standing.latest is not None and standing.latest.state in cls.states

    @classmethod
    def is_next(cls, standing: Standing) -> bool:
        """Whether the newest text waits for this step, where it makes sense."""
        return False

    @abstractmethod
    def act(self, text: Revision) -> str:
        """Take the step on a text, and say what was done.

        Raises ValidationError, NotPublishableError.
        """

    def shown(self) -> Revision | None:
        """Return the text that the step is about."""
        return self.standing.latest

    def leading_here(self) -> list[str]:
        """Name what loses its way on where the step takes the text from readers."""
        has_readers = self.takes_from_readers and self.standing.current
        return leading_to(self.standing.article) if has_readers else []

    def review_of_part(self) -> SignOff | None:
        """Return what the text rests on where that is less than the whole of it."""
        return None

    def set_up(self) -> None:
        """Fit the fields to the text and to who acts."""

    def clean_number(self) -> int:
        """Refuse to act on a text that was not on the page; the next one has it."""
        number: int = self.cleaned_data["number"]
        shown = self.shown()
        if shown is None:
            raise forms.ValidationError(NOT_NEXT)
        if number != shown.number:
            self._refresh(number=str(shown.number), has_read="")  # of another text
            raise forms.ValidationError(
                "Another text was stored meanwhile. Look at it first, then decide."
            )
        return number

    def clean_base_decision(self) -> str:
        """Refuse to act on what somebody else decided meanwhile; the next one may."""
        base: str = self.cleaned_data["base_decision"]
        if base != self.standing.decided:
            self._refresh(base_decision=self.standing.decided)
            raise forms.ValidationError(DECIDED)
        return base

    def _refresh(self, **values: str) -> None:
        """Let the form that is shown again be about what stands on its page now."""
        data = cast("QueryDict", self.data).copy()
        for name, value in values.items():
            data[name] = value
        self.data = data


def held(text: Revision) -> str:
    """Return a sentence where a sign-off alone does not let a text be published."""
    return HELD if set(faults_of(text, by=None)) - {UNSIGNED} else ""
