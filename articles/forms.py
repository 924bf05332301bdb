"""The editor's form: an article's address together with its next text."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib.admin.widgets import (
    AdminDateWidget,
    AdminTextareaWidget,
    AdminTextInputWidget,
)
from django.forms import Script
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from markdownx.fields import MarkdownxFormField
from markdownx.widgets import AdminMarkdownxWidget

from articles.days import refuse_to_come
from articles.markdown import SourceTooLong, refuse_too_long
from articles.markdown.links import own_address_patterns
from articles.models import Article, Contributor, Revision, Source, Topic
from articles.models.article import LONGEST_SLUG
from articles.publishing import Draft
from articles.together import (
    LABELS,
    OF_THE_ARTICLE,
    Together,
    article_values,
    as_stored,
    began_from,
    bring_together,
    refuse_marks,
)
from directory.admin.slug_form import SlugForm
from directory.admin.uncut import uncut

NOT_THERE = {
    "invalid_choice": "Somebody deleted one that you chose here. Look at what is "
    "chosen now, and save again."
}


class EditorWidget(AdminMarkdownxWidget):  # type: ignore[misc]
    """django-markdownx's admin widget with our own script.

    Its own writes by ``innerHTML`` and traps the Tab key, so it is not loaded.
    """

    @staticmethod
    def add_markdownx_attrs(attrs: dict[str, Any]) -> dict[str, Any]:
        """Name no address of django-markdownx: none of its views is mounted."""
        return attrs | {"class": f"{attrs.get('class', '')} markdownx-editor".strip()}

    @property
    def media(self) -> forms.Media:
        """Only ours: the parents would collect theirs."""
        return forms.Media(
            css={"all": ["css/admin-editor.css"]},
            js=[Script("js/editor.js", type="module")],  # type: ignore[list-item]
        )


class PublicTextField(forms.ModelChoiceField):
    """Which public text takes the place of one that goes; offered by title."""

    default_error_messages: ClassVar = {
        "invalid_choice": "That guide is not public: choose another one."
    }

    def label_from_instance(self, obj: Article) -> str:
        """Return its title."""
        return obj.title


def slug_of(sent: QueryDict) -> str:
    """Return the slug that an editor typed for a new guide, else one of its title."""
    typed = sent.get("slug", "").strip()
    made = slugify(sent.get("title", ""))
    if len(made) > LONGEST_SLUG:  # up to its last whole word, where it has several
        made = made[: LONGEST_SLUG + 1].rpartition("-")[0] or made[:LONGEST_SLUG]
    return typed or made.strip("-")


class WordsAsStored(forms.CharField):
    """Words without what is not stored: browsers send other ends of lines."""

    def to_python(self, value: Any) -> Any:
        """Leave out what is not stored."""
        return as_stored(super().to_python(value) or "")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what would be stored with what is."""
        return super().has_changed(as_stored(initial or ""), data)


class MarkdownField(WordsAsStored, MarkdownxFormField):  # type: ignore[misc]
    """A guide's text."""


class ChoiceList(forms.CheckboxSelectMultiple):
    """Checkboxes; js/editor/choice-list.js adds a search to many of them."""

    def __init__(self) -> None:
        super().__init__(attrs={"class": "choice-list"})


class ArticleForm(SlugForm):
    """Article fields are stored on the article, all others as a new revision."""

    TEXT_FIELDS = frozenset({*LABELS, "source"} - {*OF_THE_ARTICLE})

    # what the form goes on with instead of what is stored: an editor's own draft
    draft_initial: ClassVar[dict[str, object]] = {}

    title = forms.CharField(max_length=120, widget=AdminTextInputWidget)
    description = WordsAsStored(
        max_length=300,
        required=False,
        widget=AdminTextareaWidget(attrs={"rows": 2}),
        help_text="One or two sentences for search results, 70 to 160 characters.",
    )
    source = MarkdownField(label="Text", widget=EditorWidget)
    # declared here, all three: the admin's "add another" beside a list of its own knows
    # selects alone, and what it adds would not appear
    topics = forms.ModelMultipleChoiceField(
        Topic.objects.all(),
        required=False,
        widget=ChoiceList,
        error_messages=NOT_THERE,
    )
    author = forms.ModelChoiceField(
        Contributor.objects.all(),
        required=False,
        empty_label="Nobody named",
        error_messages=NOT_THERE,
    )
    sources = forms.ModelMultipleChoiceField(
        Source.objects.all(),
        required=False,
        widget=ChoiceList,
        error_messages=NOT_THERE,
    )
    updated_on = forms.DateField(
        widget=AdminDateWidget, help_text="What readers see as last updated."
    )
    review_months = forms.IntegerField(
        label="Review every",
        min_value=1,
        max_value=60,
        initial=12,
        help_text="Months after a medical review until the next one is due.",
    )
    note = forms.CharField(
        max_length=300,
        required=False,
        widget=AdminTextInputWidget,
        help_text="What changed and why, for the history.",
    )
    base_number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    base_article = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Article
        fields = ["slug", "kind", "topics", "review_months"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].widget.attrs |= {
            "data-preview-url": reverse("admin:articles_article_preview"),
            "data-links-url": reverse("admin:articles_article_links"),
            "data-images-url": reverse("admin:articles_article_images"),
            "data-own-addresses": own_address_patterns(),
            "data-article": str(self.instance.pk or ""),
        }
        uncut(self)
        if not self.instance.pk:
            self.fields["title"].widget.attrs["autofocus"] = True
            self.fields["slug"].help_text = "Made of the title if you leave it empty."
            if self.is_bound:
                sent = cast("QueryDict", self.data).copy()
                sent["slug"] = slug_of(sent)
                self.data = sent
        self.latest = self.instance.latest_revision() if self.instance.pk else None
        self.initial.setdefault("updated_on", timezone.localdate())
        self.together: Together | None = None
        if self.latest:
            self.initial.update(self._initial_from(self.latest))
        self.initial.update(self.draft_initial)
        if self.latest and self.is_bound:
            self._bring_together(self.latest)

    def _initial_from(self, revision: Revision) -> dict[str, Any]:
        """Start from the newest text; its sign-off is never carried over."""
        return {
            "title": revision.title,
            "description": revision.description,
            "source": revision.source,
            "author": revision.author_id,
            "sources": [citation.source_id for citation in revision.citations.all()],
            "base_number": revision.number,
            "base_article": began_from(article_values(self.instance)),
        }

    def _bring_together(self, latest: Revision) -> None:
        """Go on with what was sent and what others stored meanwhile."""
        sent = cast("QueryDict", self.data)
        together = bring_together(self.instance, latest, sent)
        merged = sent.copy()
        for name, value in together.values().items():
            merged.setlist(name, value)
        self.data = merged
        self.together = together

    def clean_source(self) -> str:
        """Keep the text below the cap, and without places that are not decided."""
        source: str = self.cleaned_data["source"]
        refuse_marks(source)
        try:
            refuse_too_long(source)
        except SourceTooLong as error:
            raise forms.ValidationError(str(error)) from error
        return source

    def clean(self) -> dict[str, Any]:
        """Store nothing of two texts that nobody has looked at together yet."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.together and self.together.needs_look:
            raise forms.ValidationError(
                "Not stored yet: this guide was changed while you were writing. Look "
                "at both texts above, mend what stands in the form, and save again."
            )
        refuse_to_come(updated_on=cleaned.get("updated_on"))
        return cleaned

    def has_new_text(self) -> bool:
        """Whether anything that belongs to a revision was changed."""
        return self.latest is None or bool(self.TEXT_FIELDS & set(self.changed_data))

    def is_about_no_text(self) -> bool:
        """Whether a note or a day was given for a new text that there is not."""
        typed = {"note", "updated_on"} & set(self.changed_data)
        is_twice = self.together is not None and self.together.is_stale
        return bool(typed) and not self.has_new_text() and not is_twice

    def draft(self) -> Draft:
        """Return the next revision's content; only after ``is_valid()``."""
        values = self.cleaned_data
        return Draft(
            title=values["title"],
            description=values["description"],
            source=values["source"],
            author=values["author"],
            updated_on=values["updated_on"],
            sources=self._ordered_sources(),
            note=values["note"],
        )

    def _ordered_sources(self) -> list[Source]:
        """Keep the stored order; new sources follow in the order of their keys."""
        before = self.initial.get("sources", [])
        place = {key: index for index, key in enumerate(before)}
        chosen = self.cleaned_data["sources"].order_by("key")
        return sorted(chosen, key=lambda source: place.get(source.pk, len(place)))
