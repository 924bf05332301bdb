"""The form of whatever has an address with words in it."""

from typing import Any

from django import forms

from directory.slugs import MALFORMED, check_free


class SlugForm(forms.ModelForm):
    """Takes an address that is well-formed and that no other one has."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:  # who only reads has none
            self.fields["slug"].error_messages["invalid"] = MALFORMED

    def clean_slug(self) -> str:
        """Say what an address may be."""
        slug: str = self.cleaned_data["slug"]
        others = type(self.instance)._default_manager.exclude(pk=self.instance.pk)
        check_free(others, slug)
        return slug
