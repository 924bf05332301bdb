"""The steps to readers and back: published, withdrawn, a plan taken back."""

from django import forms
from django.contrib.auth.models import User

from articles.admin.step import Step
from articles.forms import PublicTextField
from articles.models import Article, Publication, Revision, SignOff
from articles.publishing import publish
from articles.standing import Standing
from articles.withdrawing import cancel_plans, withdraw

LOST = "That needs another successor."
MOMENT = {"type": "datetime-local"}


class PublishStep(Step):
    """When, and what readers are told."""

    label = "Publish"
    permissions = ("publish_article",)
    fates = (
        "Publishing takes this plan back.",
        "Publishing before that moment takes this plan back: plan the withdrawal anew.",
    )

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

    @classmethod
    def makes_sense(cls, standing: Standing, user: User) -> bool:
        """Whether there is a text that may become public."""
        return standing.publishable is not None

    @classmethod
    def is_next(cls, standing: Standing) -> bool:
        """Whether the newest text may become public and nobody decided on it yet.

        What a second reviewer gave back is to be read first.
        """
        if standing.planned or standing.withdrawal or standing.asked:
            return False
        return standing.publishable == standing.latest

    def shown(self) -> Revision | None:
        """Return the text that would become public."""
        return self.standing.publishable

    def review_of_part(self) -> SignOff | None:
        """Return what readers would be told of, where it is not the whole text."""
        text = self.shown()
        told = text.widest_sign_off() if text else None
        return None if told is None or told.is_whole else told.review

    def act(self, text: Revision) -> str:
        """Publish it, now or from a later moment on."""
        at = self.cleaned_data["at"]
        publish(
            revision=text,
            by=self.by,
            at=at,
            change_note=self.cleaned_data["change_note"].strip(),
            is_correction=self.cleaned_data["is_correction"],
        )
        if at:
            return f"Planned: readers see this text from {at:%Y-%m-%d %H:%M} UTC."
        return "Published. Readers see this text now."


class WithdrawStep(Step):
    """Why, and what the address answers from then on."""

    label = "Withdraw"
    permissions = ("publish_article",)
    fates = (
        "Withdrawing takes this plan back.",
        "This withdrawal takes its place.",
    )
    takes_back = True
    takes_from_readers = True

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
    successor = PublicTextField(
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

    @classmethod
    def makes_sense(cls, standing: Standing, user: User) -> bool:
        """Whether readers see something, or are told that it was withdrawn."""
        return bool(standing.current or standing.withdrawal)

    def shown(self) -> Revision | None:
        """Return the text that readers see, or saw last."""
        found = self.standing.current or self.standing.last
        return found.revision if found else self.standing.latest

    def set_up(self) -> None:
        """Offer the public texts of its kind by title."""
        others = self.standing.article.other_public_texts()
        self.fields["successor"].queryset = others  # type: ignore[attr-defined]
        if self.standing.current is None:
            del self.fields["at"]

    def act(self, text: Revision) -> str:
        """Take the text from readers, now or at a later moment."""
        at = self.cleaned_data.get("at")
        withdraw(
            article=self.standing.article,
            way=self.cleaned_data["way"],
            reason=self.cleaned_data["reason"].strip(),
            successor=self.cleaned_data["successor"],
            at=at,
            by=self.by,
        )
        lost = [] if self.cleaned_data["successor"] else self.leading_here()
        if at:
            done = f"Planned: withdrawn from {at:%Y-%m-%d %H:%M} UTC."
        else:
            done = (
                "Withdrawn. Links to it are plain text now, or lead to its successor."
            )
        return " ".join([done, *lost, *([LOST] if lost else [])])


class CancelStep(Step):
    """Nothing more than a yes: the page shows what is planned."""

    label = "Cancel what is planned"
    permissions = ("publish_article",)
    fates = ("", "")
    names_text = False
    takes_back = True

    @classmethod
    def makes_sense(cls, standing: Standing, user: User) -> bool:
        """Whether anything is planned."""
        current = standing.current
        return bool(standing.planned or (current and current.public_until))

    def act(self, text: Revision) -> str:
        """Take the plans back."""
        cancel_plans(article=self.standing.article, by=self.by)
        return "Cancelled. Readers see what they saw before."
