"""The steps between editor and clinician: sent, sent back, signed off, taken back."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.admin.step import AREA, Step, held
from articles.models import (
    Article,
    Contributor,
    Revision,
    SignOff,
)
from articles.review_forms import PartField
from articles.reviewing import ask_for_changes, revoke, send_for_review, sign_off
from articles.signed_text import compared_with_signed
from articles.standing import Standing

State = Revision.State
READY = " A publisher can make it public now."


class SendStep(Step):
    """Words for the reviewer."""

    label = "Send for review"
    permissions = ("change_article",)
    states = (State.DRAFT, State.CHANGES_ASKED)

    is_wording_only = forms.BooleanField(
        required=False,
        label="Only the wording changed",
        help_text="The meaning is that of the signed text: the reviewer compares "
        "both and confirms in one step.",
    )
    words = forms.CharField(
        required=False,
        label="For the reviewer",
        widget=forms.Textarea(attrs=AREA),
        help_text="What to look at. For a change of wording: why.",
    )

    @classmethod
    def is_next(cls, standing: Standing) -> bool:
        """Whether it is a draft of a health guide.

        What was given back waits for other words first.
        """
        needs_review = standing.article.kind == Article.Kind.HEALTH
        is_draft = standing.latest is not None and standing.latest.state == State.DRAFT
        return needs_review and is_draft

    def act(self, text: Revision) -> str:
        """Send it."""
        send_for_review(
            revision=text,
            by=self.by,
            words=self.cleaned_data["words"],
            is_wording_only=self.cleaned_data["is_wording_only"],
        )
        return f"Sent for review.{held(text)}"


class AskStep(Step):
    """What should change."""

    label = "Ask for changes"
    permissions = ("review_article",)
    states = (State.IN_REVIEW,)
    compares = True

    words = forms.CharField(
        label="What should change", widget=forms.Textarea(attrs=AREA)
    )

    def act(self, text: Revision) -> str:
        """Give the text back."""
        words = self.cleaned_data["words"]
        ask_for_changes(revision=text, words=words, by=self.by)
        return "Given back to the editors with your words."


class ConfirmStep(Step):
    """Nothing more than a yes: the page shows the words that differ."""

    label = "Confirm the wording"
    permissions = ("review_article",)
    states = (State.IN_REVIEW,)
    compares = True

    compared = forms.IntegerField(widget=forms.HiddenInput)

    @classmethod
    def makes_sense(cls, standing: Standing, user: User) -> bool:
        """Whether another's text waits for a confirmation of its wording alone."""
        latest = standing.latest
        return (
            latest is not None
            and super().makes_sense(standing, user)
            and latest.created_by_id != user.pk
            and compared_with_signed(latest).is_wording_only
        )

    @classmethod
    def is_next(cls, standing: Standing) -> bool:
        """Whether this is what a change of wording waits for."""
        return True

    def set_up(self) -> None:
        """Keep which text the page compares with."""
        latest = self.standing.latest
        before = compared_with_signed(latest).before if latest else None
        self.initial["compared"] = before and before.number

    def clean_compared(self) -> int:
        """Refuse to confirm against a text that was not on the page."""
        compared: int = self.cleaned_data["compared"]
        now = self.initial["compared"]
        if compared != now:
            self._refresh(compared=str(now or ""))
            raise forms.ValidationError(
                "This text is compared with another one now. Look at it first, then "
                "decide."
            )
        return compared

    def act(self, text: Revision) -> str:
        """Sign the wording off, in one's own name."""
        reviewer = Contributor.objects.filter(user=self.by).first()
        if reviewer is None:
            raise ValidationError(
                "Your login is not linked to a contributor yet. The editor-in-chief "
                "can link it."
            )
        comparison = compared_with_signed(text)
        sign_off(
            revision=text,
            reviewer=reviewer,
            on=timezone.localdate(),
            rests_on=comparison.rests_on,
            scope=comparison.scope,
            by=self.by,
        )
        return f"Confirmed.{held(text) or READY}"


class SignStep(Step):
    """Who vouches for what."""

    label = "Sign off"
    permissions = ("review_article", "record_review")
    states = (State.IN_REVIEW, State.SIGNED_OFF)
    compares = True

    reviewer = forms.ModelChoiceField(
        Contributor.objects.exclude(credential=""),
        required=False,
        empty_label="In my own name",
        help_text="Or whose review you record: a letter, a signed print.",
    )
    signed_on = forms.DateField(
        required=False,
        label="Reviewed on",
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text="The day on the letter. Your own sign-off is dated today (UTC).",
    )
    scope = PartField()
    words = forms.CharField(
        required=False, label="Remarks", widget=forms.Textarea(attrs=AREA)
    )
    has_read = forms.BooleanField(
        label="I have read exactly this text and its sources, and its medical content "
        "is right",
    )

    @classmethod
    def makes_sense(cls, standing: Standing, user: User) -> bool:
        """Whether there is a text to sign, and it is not one's own."""
        is_own = standing.latest and standing.latest.created_by_id == user.pk
        return super().makes_sense(standing, user) and not is_own

    @classmethod
    def is_next(cls, standing: Standing) -> bool:
        """Whether nobody has signed the text yet."""
        return standing.latest is not None and standing.latest.state == State.IN_REVIEW

    def set_up(self) -> None:
        """Offer other names only to those who may record what others said."""
        if not self.by.has_perm("articles.record_review"):
            del self.fields["reviewer"], self.fields["signed_on"]

    def clean(self) -> dict[str, Any]:
        """Find who signs: oneself, or another on a stated day."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("reviewer"):
            if not cleaned.get("signed_on"):
                self.add_error("signed_on", "Say on which day it was reviewed.")
            return cleaned
        cleaned["reviewer"] = Contributor.objects.filter(user=self.by).first()
        cleaned["signed_on"] = timezone.localdate()
        if cleaned["reviewer"] is None:
            raise forms.ValidationError(
                "Your login is not linked to a contributor yet, so that a sign-off "
                "would have no name. The editor-in-chief can link it."
            )
        return cleaned

    def act(self, text: Revision) -> str:
        """Sign the text off."""
        made = sign_off(
            revision=text,
            reviewer=self.cleaned_data["reviewer"],
            on=self.cleaned_data["signed_on"],
            scope=self.cleaned_data["scope"],
            words=self.cleaned_data["words"],
            by=self.by,
        )
        return f"Signed off. {self._what_follows(text, made)}"

    def _what_follows(self, text: Revision, made: SignOff) -> str:
        """Say what readers are told of, now or once the text is public."""
        told, shown = text.widest_sign_off(), self.standing.current
        if told and told != made:
            return (
                f"Readers are told of the review by {told} on "
                f"{told.signed_on:%B %-d, %Y}, which covers more or is newer."
            )
        if shown and shown.revision == text:
            return "Readers see this review now."
        return (held(text) or READY).strip()


class RevokeStep(Step):
    """Which sign-off, where several hold, and why."""

    label = "Take the sign-off back"
    permissions = ("review_article",)
    takes_back = True
    takes_from_readers = True

    sign_off = forms.ChoiceField(label="Take back", widget=forms.RadioSelect)
    reason = forms.CharField(
        widget=forms.Textarea(attrs=AREA),
        help_text="For the editors. Readers are told that the review was taken back.",
    )

    @classmethod
    def makes_sense(cls, standing: Standing, user: User) -> bool:
        """Whether a sign-off holds."""
        return bool(standing.revocable)

    def shown(self) -> Revision | None:
        """Return the text whose sign-off is taken back, the first of several."""
        found = self.standing.revocable
        return found[0].revision if found else self.standing.latest

    def set_up(self) -> None:
        """Name each one, and ask where there are several."""
        found = self.standing.revocable
        field = self.fields["sign_off"]
        field.choices = [(str(each.pk), self._words(each)) for each in found]  # type: ignore[attr-defined]
        if len(found) == 1:
            field.required = False
            self.initial["sign_off"] = str(found[0].pk)

    def _words(self, sign_off: SignOff) -> str:
        """Name a sign-off by its text and by what taking it back does."""
        read, planned = self.standing.read, self.standing.planned
        resting = [
            each.revision.number
            for each in self.standing.revocable
            if each.earlier_review_id == sign_off.pk
        ]
        place = f", on which revision {resting[0]} rests" if resting else ""
        if read and read.revision_id == sign_off.revision_id:
            place = ", which readers see"
        elif planned and planned.revision_id == sign_off.revision_id:
            place = ", which is planned"
        return f"Revision {sign_off.revision.number}{place}, signed by {sign_off}"

    def act(self, text: Revision) -> str:
        """Take the chosen one back, or the only one."""
        by_key = {str(each.pk): each for each in self.standing.revocable}
        if not by_key:
            raise ValidationError("No sign-off is left to take back.")
        chosen = by_key[self.cleaned_data["sign_off"] or next(iter(by_key))]
        revoke(sign_off=chosen, reason=self.cleaned_data["reason"], by=self.by)
        return "Taken back. No reader sees a text that rests on it."
