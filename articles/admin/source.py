"""What guides cite, and what happened to it since."""

import re
from typing import Any

from django import forms
from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from articles.models import Article, Source
from articles.models.article import desk_address
from articles.models.people import DOI_FORMAT
from directory.admin.made_up import made_up
from directory.admin.shared_admin import SharedAdmin
from directory.admin.shared_form import SharedForm
from directory.slugs import SLUG_FORMAT

# what people copy with a DOI
BEFORE_DOI = re.compile(r"^((https?://)?(dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
BAD_KEY = "A key has lower-case letters, digits and single hyphens only: payne-2014."
BAD_URL = "A web address begins with https:// or http://."
BAD_DOI = "A DOI begins with 10. and has a slash, without blanks."


class SourceForm(SharedForm):
    """A source, with what keeps it from being relied on."""

    class Meta:
        model = Source
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:  # who only reads has none
            self.fields["key"].error_messages["invalid"] = BAD_KEY

    def clean_key(self) -> str:
        """Say what a key may be."""
        key: str = self.cleaned_data["key"]
        if not re.fullmatch(SLUG_FORMAT, key):
            raise forms.ValidationError(BAD_KEY)
        return key

    def clean_url(self) -> str:
        """Take what a reader's browser opens."""
        url: str = self.cleaned_data["url"]
        if url and not url.startswith(("https://", "http://")):
            raise forms.ValidationError(BAD_URL)
        return url

    def clean_doi(self) -> str:
        """Take a DOI as people copy it, too: as an address, or after its name."""
        doi = BEFORE_DOI.sub("", self.cleaned_data["doi"])
        if doi and not re.fullmatch(DOI_FORMAT, doi):
            raise forms.ValidationError(BAD_DOI)
        return doi

    def clean(self) -> dict[str, Any]:
        """Ask for the day where a source fell, and for nothing where it did not."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        standing = cleaned.get("standing")
        since = cleaned.get("standing_since")
        if standing and not since:
            self.add_error("standing_since", "Say since when.")
        if not standing:
            for name in ("standing_since", "standing_note", "successor"):
                if cleaned.get(name):
                    self.add_error(name, "Say first what happened to the source.")
        if cleaned.get("successor") and standing == Source.Standing.WITHDRAWN:
            self.add_error("successor", "Only a superseded source has a successor.")
        if cleaned.get("successor") and cleaned["successor"] == self.instance:
            self.add_error("successor", "A source does not follow itself.")
        return cleaned


@admin.register(Source)
class SourceAdmin(SharedAdmin):
    """What guides cite; one that fell flags every guide that cites it."""

    form = SourceForm
    list_display = ["key", "title", "publisher", "year", "standing", made_up]
    list_filter = ["standing", "is_demo"]
    search_fields = ["key", "title", "authors", "publisher"]
    readonly_fields = ["link_answered", "cited_by"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "key",
                    "authors",
                    "title",
                    "publisher",
                    "year",
                    "url",
                    "doi",
                    "link_answered",
                    "is_demo",
                ]
            },
        ),
        (
            "Can it still be relied on?",
            {"fields": ["standing", "standing_since", "standing_note", "successor"]},
        ),
        ("Guides", {"fields": ["cited_by"]}),
    ]

    @admin.display(description="its link")
    def link_answered(self, source: Source) -> str:
        """Show what check_links heard."""
        link = source.external_link
        words = link.answer_in_words if link else ""
        return f"{link}: {words}" if words else "not asked yet"

    @admin.display(description="cited by")
    def cited_by(self, source: Source) -> SafeString | str:
        """Lead to each guide whose public or newest text cites it."""
        source_itself = Source.objects.filter(pk=source.pk)
        articles = Article.objects.for_cards().with_desk_title().citing(source_itself)
        return (
            format_html_join(
                ", ",
                '<a href="{}">{}</a>',
                ((desk_address(each.pk), each.desk_title) for each in articles),
            )
            or "No guide"
        )
