"""Subjects to browse by."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from articles.addresses import rename_topic
from articles.models import Topic
from directory.admin.signed_in import signed_in
from directory.slugs import MALFORMED, check_free


class TopicForm(forms.ModelForm):
    """A subject with its address."""

    class Meta:
        model = Topic
        fields = "__all__"  # noqa: DJ007 all that a topic has
        error_messages: ClassVar = {"slug": {"invalid": MALFORMED}}

    def clean_slug(self) -> str:
        """Say what an address may be."""
        slug: str = self.cleaned_data["slug"]
        check_free(Topic.objects.exclude(pk=self.instance.pk), slug)
        return slug


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """Subjects to browse by."""

    form = TopicForm
    list_display = ["name", "slug", "description"]
    search_fields = ["name", "slug"]

    def save_model(
        self, request: HttpRequest, obj: Topic, form: Any, change: bool
    ) -> None:
        """Keep the address that a topic had."""
        slug, obj.slug = obj.slug, form.initial.get("slug", obj.slug)
        super().save_model(request, obj, form, change)
        rename_topic(topic=obj, slug=slug, by=signed_in(request))
