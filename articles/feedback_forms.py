"""What readers fill in about a guide."""

from typing import Any

from django import forms

from articles.models import HelpfulAnswer, MistakeReport
from directory.first_fault import FirstFault
from directory.words_field import Words


class HelpfulForm(forms.Form):
    """Yes or no, by the button that was pressed."""

    helpful = forms.ChoiceField(choices=[("yes", "Yes"), ("no", "No")])


class ReasonForm(forms.Form):
    """Why, from a short list: free words here would gather what nobody should send."""

    bound_field_class = FirstFault
    reason = forms.ChoiceField(
        label="Why?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one, or leave this page: nothing is lost."},
    )

    def __init__(self, *args: Any, answer: HelpfulAnswer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (reason.value, reason.label) for reason in answer.reasons()
        ]


class MistakeForm(forms.Form):
    """What is wrong, in a few words."""

    bound_field_class = FirstFault
    words = Words(
        label="What is wrong?",
        max_length=MistakeReport.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6, "class": "field__control"}),
        help_text="Name the sentence or heading, and say what it should be if you "
        "know. Please write nothing about your own health, and no name or address: "
        "we cannot answer, and it is not needed.",
        error_messages={"required": "Say what is wrong: a few words are enough."},
    )
