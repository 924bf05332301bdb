"""Subjects to browse by."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from articles.addresses import rename_topic
from articles.models import Topic
from directory.admin.shared_admin import SharedAdmin
from directory.admin.shared_form import SharedForm
from directory.admin.signed_in import signed_in
from directory.admin.slug_form import SlugForm


class TopicForm(SharedForm, SlugForm):
    """A subject with its address."""

    class Meta:
        model = Topic
        fields = "__all__"


@admin.register(Topic)
class TopicAdmin(SharedAdmin):
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
