"""The steps of a review by link: who gets one, and its end."""

from typing import Any

from django import forms
from django.contrib.auth.models import User

from articles.admin.step import AREA, Step
from articles.models import Contributor, ReviewEvent, ReviewInvitation, Revision
from articles.review_links import DAYS_AT_MOST, invite, withdraw_link
from articles.standing import Standing

State = Revision.State


class InviteStep(Step):
    """Who gets a link, and for how long."""

    label = "Send for review by link"
    permissions = ("record_review",)
    # signed too: where its review comes due, the same text is reviewed again
    states = (State.DRAFT, State.IN_REVIEW, State.CHANGES_ASKED, State.SIGNED_OFF)

    email = forms.EmailField(
        label="E-mail", help_text="The link and, at signing, a code are sent there."
    )
    reviewer = forms.ModelChoiceField(
        Contributor.objects.none(),
        required=False,
        empty_label="Somebody new: name them below",
        help_text="Contributors with a credential and without an account here.",
    )
    name = forms.CharField(required=False, max_length=120)
    credential = forms.CharField(
        required=False,
        max_length=120,
        help_text="What they are trained in: MD. They can correct both when they sign.",
    )
    days = forms.IntegerField(
        label="Days that the link holds",
        initial=14,
        min_value=1,
        max_value=DAYS_AT_MOST,
    )
    words = forms.CharField(
        required=False,
        label="For the reviewer",
        widget=forms.Textarea(attrs=AREA),
        help_text="Stands in the mail. For a change of wording: why.",
    )
    is_wording_only = forms.BooleanField(
        required=False,
        label="Only the wording changed",
        help_text="The reviewer sees the words that differ from the signed text.",
    )

    def set_up(self) -> None:
        """Offer made-up people for demonstrations only."""
        known = Contributor.objects.filter(user=None).exclude(credential="")
        if not self.standing.article.is_demo:
            known = known.filter(is_demo=False)
        self.fields["reviewer"].queryset = known  # type: ignore[attr-defined]
        if self.standing.latest and self.standing.latest.state == State.SIGNED_OFF:
            del self.fields["is_wording_only"]
            self.fields["words"].help_text = "Stands in the mail."
        else:
            self._go_on_from_editor()

    def _go_on_from_editor(self) -> None:
        """Begin with what the editor said when sending the text."""
        text = self.standing.latest
        if text is None or text.invitations.exists():
            return
        if sent := text.review_events.filter(kind=ReviewEvent.Kind.SENT).last():
            self.initial["words"] = sent.words
            self.initial["is_wording_only"] = sent.is_wording_only

    def clean(self) -> dict[str, Any]:
        """Ask for a name and a credential of somebody new."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("reviewer"):
            for name in ("name", "credential"):
                if not cleaned.get(name):
                    self.add_error(name, "Say it of somebody new.")
        return cleaned

    def act(self, text: Revision) -> str:
        """Mail the link."""
        asked = {k: v for k, v in self.cleaned_data.items() if k != "number"}
        made = invite(revision=text, by=self.by, origin=self.origin, **asked)
        return f"The link was mailed to {made.email}."


class WithdrawLinkStep(Step):
    """Which link ends."""

    label = "Withdraw a review link"
    permissions = ("change_article",)
    takes_back = True

    invitation = forms.ModelChoiceField(
        ReviewInvitation.objects.none(),
        label="Link sent to",
        empty_label=None,
        help_text="Its holder is told that it was withdrawn.",
    )

    @classmethod
    def makes_sense(cls, standing: Standing, user: User) -> bool:
        """Whether a link to one of its texts still works."""
        links = ReviewInvitation.objects.still_open()
        return links.filter(revision__article=standing.article).exists()

    def set_up(self) -> None:
        """Offer the links to this guide that still work."""
        links = ReviewInvitation.objects.still_open()
        field = self.fields["invitation"]
        field.queryset = links.filter(  # type: ignore[attr-defined]
            revision__article=self.standing.article
        )
        field.label_from_instance = lambda each: f"{each} ({each.email})"  # type: ignore[attr-defined]

    def act(self, text: Revision) -> str:
        """End the link."""
        withdraw_link(invitation=self.cleaned_data["invitation"], by=self.by)
        return "Withdrawn. The link says so to who opens it."
