"""Where editors write, reviewers sign off and publishers publish; a module a noun."""

from articles.admin.article import ArticleAdmin
from articles.admin.external_link import ExternalLinkAdmin
from articles.admin.feedback import HelpfulAnswerAdmin, MistakeReportAdmin
from articles.admin.housekeeping import HousekeepingRunAdmin, ReviewReminderAdmin
from articles.admin.people import ContributorAdmin
from articles.admin.source import SourceAdmin
from articles.admin.topic import TopicAdmin

__all__ = [
    "ArticleAdmin",
    "ContributorAdmin",
    "ExternalLinkAdmin",
    "HelpfulAnswerAdmin",
    "HousekeepingRunAdmin",
    "MistakeReportAdmin",
    "ReviewReminderAdmin",
    "SourceAdmin",
    "TopicAdmin",
]
