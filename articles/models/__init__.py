"""The nouns of the text half, one module each."""

from articles.models.article import (
    Article,
    Citation,
    ImmutableRevisionError,
    Revision,
)
from articles.models.crosslink import CrossLink
from articles.models.external_link import ExternalLink, ExternalLinkUse
from articles.models.former_slug import FormerSlug
from articles.models.people import Contributor, Source, Topic

__all__ = [
    "Article",
    "Citation",
    "Contributor",
    "CrossLink",
    "ExternalLink",
    "ExternalLinkUse",
    "FormerSlug",
    "ImmutableRevisionError",
    "Revision",
    "Source",
    "Topic",
]
