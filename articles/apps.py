"""The guides: text, revisions and cross-links."""

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    """Articles may import directory; nobody but config imports articles."""

    name = "articles"
    verbose_name = "Guides"
