"""The nouns of the text half, one module each."""

from articles.models.acknowledgement import Acknowledgement
from articles.models.article import Article
from articles.models.autosave import Autosave
from articles.models.crosslink import CrossLink
from articles.models.external_link import ExternalLink, ExternalLinkUse
from articles.models.feedback import HelpfulAnswer, MistakeReport
from articles.models.former_slug import FormerSlug
from articles.models.housekeeping import HousekeepingOutcome, HousekeepingRun
from articles.models.invitation import ReviewInvitation, ReviewLinkEvent
from articles.models.people import Contributor, Source, Topic
from articles.models.publication import Publication
from articles.models.reminder import ReviewReminder
from articles.models.review import ReviewEvent, SignOff
from articles.models.revision import Citation, ImmutableRevisionError, Revision

__all__ = [
    "Acknowledgement",
    "Article",
    "Autosave",
    "Citation",
    "Contributor",
    "CrossLink",
    "ExternalLink",
    "ExternalLinkUse",
    "FormerSlug",
    "HelpfulAnswer",
    "HousekeepingOutcome",
    "HousekeepingRun",
    "ImmutableRevisionError",
    "MistakeReport",
    "Publication",
    "ReviewEvent",
    "ReviewInvitation",
    "ReviewLinkEvent",
    "ReviewReminder",
    "Revision",
    "SignOff",
    "Source",
    "Topic",
]
