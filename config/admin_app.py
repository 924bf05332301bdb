"""Django's admin, told which site it shows."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """The admin whose first page is the dashboard."""

    default_site = "articles.admin_site.DeskSite"
