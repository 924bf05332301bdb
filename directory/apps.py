"""The directory: practitioners, places and organizations."""

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """A leaf: it never imports articles or config."""

    name = "directory"
    verbose_name = "Directory"
