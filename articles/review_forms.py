"""What a reviewer by link fills in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import Truncator

from articles.models import ReviewInvitation, SignOff
from articles.signed_text import Comparison
from directory.first_fault import FirstFault
from directory.words_field import Words

AREA = {"rows": 4}
WORDING = (
    "I have compared the words that differ, I did not write them, and the medical "
    "meaning is the same"
)
OTHERWISE = (
    "What you are asked to sign has changed since you opened this page. Look at it "
    "again, then decide."
)


class ReviewForm(forms.Form):
    """A form in the look of the site's public pages."""

    bound_field_class = FirstFault

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if not isinstance(field, forms.BooleanField):
                field.widget.attrs["class"] = "field__control"


class PartField(forms.CharField):
    """What was reviewed: the whole text, unless a part is named."""

    def __init__(self) -> None:
        super().__init__(
            label="Only a part of it? Say which",
            max_length=200,
            required=False,
            help_text="Readers are told. Leave it empty for the whole text: a review "
            "of a part does not take the place of one of the whole.",
        )

    def clean(self, value: Any) -> str:
        """Return what a sign-off says of it."""
        return super().clean(value) or SignOff.WHOLE_TEXT


class CommentForm(ReviewForm):
    """Words about a passage, or about the whole text."""

    passage = forms.TypedChoiceField(
        label="What you comment on", coerce=int, empty_value=None
    )
    words = Words(
        label="Your comment", max_length=5000, widget=forms.Textarea(attrs=AREA)
    )

    def __init__(self, *args: Any, passages: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.passages = passages
        self.fields["passage"].choices = [  # type: ignore[attr-defined]
            (0, "The whole text"),
            *(
                (number, f"{number}. {Truncator(words).chars(70)}")
                for number, words in enumerate(passages, 1)
            ),
        ]

    def quote(self) -> str:
        """Return the words of the passage; nothing for the whole text."""
        number = self.cleaned_data["passage"]
        return self.passages[number - 1] if number else ""


class AskByLinkForm(ReviewForm):
    """What should change."""

    words = Words(
        label="What should change",
        max_length=5000,
        widget=forms.Textarea(attrs=AREA),
        help_text="The editors get this with your comments.",
    )


class SignByLinkForm(ReviewForm):
    """Who vouches for what, and the code that proves the address."""

    name = forms.CharField(
        label="Your name",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    credential = forms.CharField(
        label="Your credential",
        max_length=120,
        help_text="What you are trained in, as readers see it: MD.",
    )
    scope = PartField()
    conflicts = Words(
        label="Conflicts of interest",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Readers see it. Say so when you have none.",
        error_messages={"required": "Readers are told: say so when you have none."},
    )
    has_read = forms.BooleanField(
        label="I have read exactly this text and its sources, I did not write it, and "
        "its medical content is right",
        error_messages={"required": "Tick this: it is what you sign."},
    )
    code = forms.CharField(
        label="The code from your mail",
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
        error_messages={"required": "Type the six digits that were mailed to you."},
    )

    def __init__(
        self,
        *args: Any,
        invitation: ReviewInvitation,
        comparison: Comparison,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.comparison = comparison
        self.tick = "has_read"
        if comparison.is_wording_only and comparison.before:
            # what was ticked is for what the page compared: that may be another by now
            self.tick = f"has_compared_{comparison.before.number}"
            self.fields[self.tick] = self.fields.pop("has_read")
            self.fields[self.tick].label = WORDING
            del self.fields["scope"]
            self.order_fields(["name", "credential", "conflicts", self.tick])
        signs = invitation.reviewer or invitation
        self.initial.setdefault("name", signs.name)
        self.initial.setdefault("credential", signs.credential)
        if invitation.reviewer:
            self.fields["name"].disabled = True
            self.fields["credential"].disabled = True

    def clean(self) -> dict[str, Any]:
        """Tell whoever ticked what this page does not ask any more."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.tick not in cleaned and any(
            name.startswith("has_") for name in self.data
        ):
            raise forms.ValidationError(OTHERWISE)
        return cleaned

    def said(self) -> dict[str, Any]:
        """Return what ``sign_by_link()`` takes; only after ``is_valid()``."""
        said = {k: v for k, v in self.cleaned_data.items() if k != self.tick}
        if self.comparison.is_wording_only:
            said["scope"] = self.comparison.scope
            said["rests_on"] = self.comparison.rests_on
        return said
