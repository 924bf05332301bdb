"""Subjects to browse by."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.addresses import rename_topic
from articles.models import Article, Topic
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

    def view_on_site(self, obj: Topic) -> str | None:
        """Offer the public page where there is one."""
        public = Topic.objects.published().filter(pk=obj.pk)
        return obj.get_absolute_url() if public.exists() else None

    def save_model(
        self, request: HttpRequest, obj: Topic, form: Any, change: bool
    ) -> None:
        """Keep the address that a topic had."""
        slug, obj.slug = obj.slug, form.initial.get("slug", obj.slug)
        super().save_model(request, obj, form, change)
        rename_topic(topic=obj, slug=slug, by=signed_in(request))

    def get_deleted_objects(
        self, objs: Sequence[Any] | QuerySet[Any], request: HttpRequest
    ) -> Any:
        """Name the guides and addresses that lose a topic: Django names rows."""
        _, *rest = super().get_deleted_objects(objs, request)
        going = [part for topic in objs for part in (str(topic), _losing(topic))]
        return going, *rest


def _losing(topic: Topic) -> list[str]:
    guides = Article.objects.for_cards().with_desk_title().filter(topics=topic)
    former = topic.former_slugs.order_by("slug").values_list("slug", flat=True)
    return [
        *(f"from the guide “{each.desk_title}”" for each in guides),
        *(f"with the address “{slug}”, which led to it" for slug in former),
    ]
