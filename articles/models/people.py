"""Who writes and reviews, and what a guide rests on."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from articles.days import newest_day, refuse_to_come
from directory.slugs import SLUG_FORMAT

DOI_FORMAT = r"^10\.\d{4,9}/\S+$"
YEARS = (1800, 2100)  # of a source
BAD_YEAR = "Give the year of publication, from {} to {}."


def acting_user() -> "models.ForeignKey[User | None, User | None]":
    """Return the column of who did something at the desk; blank where nobody is known.

    That is the command line, a reviewer by link, or a user who is deleted since.
    """
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )


class TopicQuerySet(models.QuerySet["Topic"]):
    """Read after the model: ``Topic.objects.published()``."""

    def published(self) -> Self:
        """Keep topics with a guide that a reader may open."""
        return self.filter(
            articles__publications__during__contains=timezone.now(),
            articles__kind="health",
        ).distinct()


class Topic(models.Model):
    """A subject to browse guides by."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=300)

    objects = TopicQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_FORMAT), name="topic_slug_format"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="topic_name_present"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the topic's guides."""
        return reverse("articles:topic", args=[self.slug])


class ContributorQuerySet(models.QuerySet["Contributor"]):
    """Read after the model: ``Contributor.objects.published()``."""

    def published(self) -> Self:
        """Keep those who wrote or reviewed a guide that a reader may open."""
        now = timezone.now()
        return self.filter(
            Q(
                authored__publications__during__contains=now,
                authored__article__kind="health",
            )
            | Q(
                sign_offs__publications__during__contains=now,
                sign_offs__revision__article__kind="health",
            )
        ).distinct()


class Contributor(models.Model):
    """An author or a reviewer, with what a reader should know about them."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    credential = models.CharField(
        max_length=120, blank=True, help_text="What a reviewer is trained in: MD."
    )
    role = models.CharField(max_length=120, blank=True)
    bio = models.TextField()
    conflicts_of_interest = models.TextField(
        blank=True,
        help_text="Say so when there are none: where this is blank, readers are told "
        "that nothing was stated.",
    )
    conflicts_declared_on = models.DateField(
        null=True, blank=True, help_text="On which day this was stated."
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contributor",
    )
    is_demo = models.BooleanField(default=False, help_text="A made-up person.")

    objects = ContributorQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_FORMAT), name="contributor_slug_format"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(bio=""), name="contributor_words_present"
            ),
            models.CheckConstraint(
                condition=Q(conflicts_declared_on=None) | ~Q(conflicts_of_interest=""),
                name="contributor_declared_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.credential}" if self.credential else self.name

    def get_absolute_url(self) -> str:
        """Return the address of the contributor's page."""
        return reverse("articles:person", args=[self.slug])

    def is_vouched_for(self) -> bool:
        """Whether somebody relies on who this is: by login, review link or sign-off."""
        return (
            self.user_id is not None
            or self.sign_offs.exists()
            or self.invitations.exists()
        )

    def clean(self) -> None:
        """Refuse a statement of a day that has not come."""
        refuse_to_come(conflicts_declared_on=self.conflicts_declared_on)


class Source(models.Model):
    """A publication that guides cite."""

    class Standing(models.TextChoices):
        GOOD = "", "In force"
        WITHDRAWN = "withdrawn", "Withdrawn"
        SUPERSEDED = "superseded", "Superseded"

    key = models.SlugField(max_length=80, unique=True, help_text="payne-2014")
    authors = models.CharField(max_length=300, blank=True)
    title = models.CharField(max_length=400)
    publisher = models.CharField(
        max_length=300, help_text="The journal with volume and pages, or who publishes."
    )
    year = models.PositiveSmallIntegerField()
    url = models.URLField("URL", max_length=500, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    external_link = models.ForeignKey(
        "articles.ExternalLink",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="sources",
        help_text="Its link as check_links asks it.",
    )
    standing = models.CharField(max_length=10, choices=Standing, blank=True)
    standing_since = models.DateField(
        null=True, blank=True, help_text="When it was withdrawn or superseded."
    )
    standing_note = models.CharField(max_length=300, blank=True)
    successor = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="predecessors",
        help_text="What took the place of a superseded source.",
    )
    is_demo = models.BooleanField(
        default=False, help_text="Came with the demonstration guides."
    )

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(key__regex=SLUG_FORMAT), name="source_key_format"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(publisher=""),
                name="source_words_present",
            ),
            models.CheckConstraint(
                condition=Q(year__range=YEARS), name="source_year_range"
            ),
            models.CheckConstraint(
                condition=Q(doi="") | Q(doi__regex=DOI_FORMAT),
                name="source_doi_format",
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__regex=r"^https?://"),
                name="source_url_scheme",
            ),
            models.CheckConstraint(
                condition=Q(
                    standing="", standing_since=None, standing_note="", successor=None
                )
                | Q(standing="withdrawn", standing_since__isnull=False, successor=None)
                | Q(standing="superseded", standing_since__isnull=False),
                name="source_standing_has_a_date",
            ),
            models.CheckConstraint(
                condition=Q(successor=None) | ~Q(successor=F("id")),
                name="source_successor_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.title} ({self.year})"

    def clean(self) -> None:
        """Refuse a year, or a day of its fall, that has not come."""
        latest = newest_day().year + 1  # journals are dated ahead
        is_number = isinstance(self.year, int)  # a field that was refused is as it was
        if is_number and not YEARS[0] <= self.year <= latest:
            raise ValidationError({"year": BAD_YEAR.format(YEARS[0], latest)})
        refuse_to_come(standing_since=self.standing_since)

    @property
    def standing_in_words(self) -> str:
        """What a reader should know of it; nothing for a source in force."""
        if not self.standing:
            return ""
        words = f"{self.get_standing_display()} on {self.standing_since:%B %-d, %Y}."
        return f"{words} {self.standing_note}".strip()

    @property
    def authors_in_words(self) -> str:
        """The authors with one full stop, "et al." included; nothing without any."""
        return f"{self.authors.rstrip('.')}." if self.authors else ""

    @property
    def link(self) -> str:
        """The address to open: the DOI's where there is one."""
        return f"https://doi.org/{self.doi}" if self.doi else self.url
