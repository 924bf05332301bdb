"""What each step asks for; who may take it is decided by the action."""

from typing import Any, cast

from django import forms
from django.contrib.auth.models import User
from django.http import QueryDict
from django.utils import timezone

from articles.models import (
    Article,
    Contributor,
    Publication,
    ReviewInvitation,
    Revision,
    SignOff,
)
from articles.review_links import DAYS_AT_MOST
from articles.standing import Standing

MOMENT = {"type": "datetime-local"}
AREA = {"rows": 4}


class StepForm(forms.Form):
    """A step on one text; a text stored meanwhile is never acted on unseen."""

    number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, standing: Standing, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.by = by
        shown = self.shown()
        self.initial["number"] = shown.number if shown else None
        self.set_up()

    def shown(self) -> Revision | None:
        """Return the text that the step is about."""
        return self.standing.latest

    def set_up(self) -> None:
        """Fit the fields to the text and to who acts."""

    def clean_number(self) -> int:
        """Refuse to act on a text that was not on the page; the next one has it."""
        number: int = self.cleaned_data["number"]
        shown = self.shown()
        if shown is None or number != shown.number:
            sent = cast("QueryDict", self.data).dict()
            sent.pop("has_read", None)  # that was another text
            self.data = {**sent, "number": shown and shown.number}
            raise forms.ValidationError(
                "Another text was stored meanwhile. Look at it first, then decide."
            )
        return number


class SendForm(StepForm):
    """Words for the reviewer."""

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


class InviteForm(StepForm):
    """Who gets a link, and for how long."""

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

    def clean(self) -> dict[str, Any]:
        """Ask for a name and a credential of somebody new."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("reviewer"):
            for name in ("name", "credential"):
                if not cleaned.get(name):
                    self.add_error(name, "Say it of somebody new.")
        return cleaned


class WithdrawLinkForm(StepForm):
    """Which link ends."""

    invitation = forms.ModelChoiceField(
        ReviewInvitation.objects.none(),
        label="Link sent to",
        empty_label=None,
        help_text="Its holder is told that it was withdrawn.",
    )

    def set_up(self) -> None:
        """Offer the links to this guide that still work."""
        links = ReviewInvitation.objects.still_open()
        field = self.fields["invitation"]
        field.queryset = links.filter(  # type: ignore[attr-defined]
            revision__article=self.standing.article
        )
        field.label_from_instance = lambda each: f"{each} ({each.email})"  # type: ignore[attr-defined]


class AskForm(StepForm):
    """What should change."""

    words = forms.CharField(
        label="What should change", widget=forms.Textarea(attrs=AREA)
    )


class ConfirmForm(StepForm):
    """Nothing more than a yes: the page shows what it is about."""


class SignOffForm(StepForm):
    """Who vouches for what."""

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
        help_text="The day on the letter. Your own sign-off is dated today.",
    )
    scope = forms.CharField(
        max_length=200,
        initial=SignOff.WHOLE_TEXT,
        help_text="What was reviewed.",
    )
    words = forms.CharField(
        required=False, label="Remarks", widget=forms.Textarea(attrs=AREA)
    )
    has_read = forms.BooleanField(
        label="I have read exactly this text and its sources, and its medical content "
        "is right",
    )

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


class PublishForm(StepForm):
    """When, and what readers are told."""

    at = forms.DateTimeField(
        required=False,
        label="Public from",
        widget=forms.DateTimeInput(attrs=MOMENT),
        help_text="Leave empty to publish now. Times are UTC.",
    )
    change_note = forms.CharField(
        required=False,
        max_length=300,
        label="What changed",
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="For readers, under the text. Leave empty for what they need not "
        "know.",
    )
    is_correction = forms.BooleanField(
        required=False,
        label="This corrects an error",
        help_text="Readers see it marked as a correction.",
    )

    def shown(self) -> Revision | None:
        """Return the text that would become public."""
        return self.standing.publishable


class PublicTextForm(StepForm):
    """A step on what readers see or saw last."""

    def shown(self) -> Revision | None:
        """Return the text that readers see, or saw last."""
        found = self.standing.current or self.standing.last
        return found.revision if found else self.standing.latest


class WithdrawForm(PublicTextForm):
    """Why, and what the address answers from then on."""

    way = forms.ChoiceField(
        label="From then on",
        widget=forms.RadioSelect,
        choices=[(way.value, way.label) for way in Publication.WITHDRAWN],
    )
    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Readers see it.",
    )
    successor = forms.ModelChoiceField(
        Article.objects.none(),
        required=False,
        help_text="The public guide that takes its place.",
    )
    at = forms.DateTimeField(
        required=False,
        label="Withdrawn from",
        widget=forms.DateTimeInput(attrs=MOMENT),
        help_text="Leave empty to withdraw now. Times are UTC.",
    )

    def set_up(self) -> None:
        """Offer the public texts of its kind by title."""
        article = self.standing.article
        others = Article.objects.published().filter(kind=article.kind)
        field = self.fields["successor"]
        field.queryset = others.exclude(pk=article.pk).for_cards()  # type: ignore[attr-defined]
        field.label_from_instance = lambda each: each.title  # type: ignore[attr-defined]
        if self.standing.current is None:
            del self.fields["at"]


class RevokeForm(StepForm):
    """Which sign-off, where several hold, and why."""

    sign_off = forms.ChoiceField(label="Take back", widget=forms.RadioSelect)
    reason = forms.CharField(
        widget=forms.Textarea(attrs=AREA),
        help_text="For the editors. Readers are told that the review was taken back.",
    )

    def shown(self) -> Revision | None:
        """Return the text whose sign-off is taken back, the first of several."""
        found = self.standing.revocable
        return found[0].revision if found else self.standing.latest

    def set_up(self) -> None:
        """Ask which one only where there are several."""
        held = self.standing.revocable
        if len(held) > 1:
            field = self.fields["sign_off"]
            field.choices = [(str(each.pk), self._words(each)) for each in held]  # type: ignore[attr-defined]
        else:
            del self.fields["sign_off"]

    def _words(self, sign_off: SignOff) -> str:
        """Name a sign-off by its text and by what taking it back does."""
        read, planned = self.standing.read, self.standing.planned
        place = ""
        if read and read.revision_id == sign_off.revision_id:
            place = ", which readers see"
        elif planned and planned.revision_id == sign_off.revision_id:
            place = ", which is planned"
        return f"Revision {sign_off.revision.number}{place}, signed by {sign_off}"
