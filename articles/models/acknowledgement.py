"""Who looked at what the content rules say about a text."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.article import Article
from articles.models.people import acting_user


class Acknowledgement(models.Model):
    """An editor's "I looked at this": one rule, one text.

    ``digest`` is of title, description and text (``articles.checking.digest_of``): a
    changed text is looked at anew, a restored one need not be. ``reason`` says why the
    guide is an exception, where the rule asks for that.
    """

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="acknowledgements"
    )
    digest = models.CharField(max_length=64)
    rule = models.CharField(max_length=40)
    reason = models.CharField(max_length=300, blank=True)
    looked_at = models.DateTimeField(default=timezone.now)
    looked_by = acting_user()

    class Meta:
        ordering = ["article_id", "digest", "rule", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "digest", "rule"],
                name="acknowledgement_once_a_text",
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="acknowledgement_digest_format",
            ),
            models.CheckConstraint(
                condition=Q(rule__regex=r"^[a-z]+(-[a-z]+)*$"),
                name="acknowledgement_rule_format",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.rule}"
