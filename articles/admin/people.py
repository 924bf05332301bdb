"""Who writes and reviews."""

from django.contrib import admin

from articles.models import Contributor


@admin.register(Contributor)
class ContributorAdmin(admin.ModelAdmin):
    """Authors and reviewers."""

    list_display = ["name", "credential", "role", "is_demo"]
    search_fields = ["name", "slug"]
    raw_id_fields = ["user"]
