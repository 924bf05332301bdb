"""Links from a text to what this site holds, with typed targets."""

from collections.abc import Iterable
from typing import Any, cast

from django.db import models
from django.db.models import Count, F, ProtectedError, Q
from django.db.models.deletion import Collector

from articles.models.article import Article, ArticleQuerySet
from articles.models.revision import Revision
from directory.models import (
    Organization,
    Place,
    Practitioner,
    Specialization,
)

# What ``page:`` leads to besides the trust pages -> name of the address.
SITE_PAGES = {
    "home": "home",
    "articles": "articles:index",
    "doctors": "directory:finder",
    "specializations": "directory:specializations",
    "hospitals": "directory:hospitals",
    "people": "articles:people",
}

# kind -> the targets that a link of this kind may have; all others are null.
KIND_TARGETS = {
    "article": ("target_article",),
    "specialization": ("target_specialization",),
    "doctors": ("target_specialization", "target_place"),
    "hospital": ("target_organization",),
    "doctor": ("target_practitioner",),
    "page": ("target_article",),
}
TARGETS = sorted(set().union(*KIND_TARGETS.values()))

# The row that a link leads to -> the column that holds it.
TARGET_OF: dict[type[models.Model], str] = {
    Article: "target_article",
    Specialization: "target_specialization",
    Organization: "target_organization",
    Practitioner: "target_practitioner",
    Place: "target_place",
}

# What an unresolved link holds; the order keeps every constraint on the way there.
NO_TARGET = {"target_place": None, "target_state": "", **dict.fromkeys(TARGETS)}


def targets_fit_kind() -> Q:
    """Return the condition that a link has only targets of its own kind."""
    condition = Q()
    for kind, allowed in KIND_TARGETS.items():
        others = {f"{name}__isnull": True for name in TARGETS if name not in allowed}
        condition |= Q(kind=kind, **others)
    return condition


def names_something(kind: str, key: str, targets: Iterable[int | None]) -> bool:
    """Return whether a key names what this site holds, public or not."""
    return any(targets) or (kind == CrossLink.Kind.PAGE and key in SITE_PAGES)


def unresolve_unless_public(
    collector: Collector, field: Any, links: Iterable["CrossLink"], using: str
) -> None:
    """Keep what public texts link to from being deleted; other links lose it.

    The ``on_delete`` of every target. What is made up may always go, for remove_demo:
    links to it become plain text. Raises ProtectedError with the articles.
    """
    links = list(links)
    found = CrossLink.objects.using(using).filter(pk__in=[link.pk for link in links])
    # a guide that links to itself may go: nobody else's text loses anything
    found = found.exclude(revision__article=F("target_article"))
    if any(each.name == "is_demo" for each in field.related_model._meta.fields):
        found = found.filter(**{f"{field.name}__is_demo": False})
    articles: set[models.Model] = set(found.published_articles())
    if articles:
        raise ProtectedError("Public guides link to it.", articles)
    for name, nothing in NO_TARGET.items():
        column = cast("models.Field[Any, Any]", CrossLink._meta.get_field(name))
        collector.add_field_update(column, nothing, links)


class CrossLinkQuerySet(models.QuerySet["CrossLink"]):
    """Read after the model: ``specialization.incoming_links.published_articles()``."""

    def published_articles(self) -> ArticleQuerySet:
        """Return the published texts in which these links stand, by title."""
        texts = self.order_by().values("revision")
        return Article.objects.showing(texts).for_cards()

    def lead_to(self, target: models.Model) -> int:
        """Give links of its kind another target, and return how many there were."""
        aim: dict[str, Any] = {TARGET_OF[type(target)]: target}
        if isinstance(target, Place):
            aim["target_state"] = target.state
        return self.update(**aim)

    def wanted(self) -> "models.QuerySet[Any, Any]":
        """Return guides that nobody wrote yet: key and how many texts ask for it.

        Counts each article once, by its newest or its public text; most asked first.
        """
        current = Revision.objects.newest_or_public()
        missing = self.filter(revision__in=current, kind="article", target_article=None)
        asking = Count("revision__article", distinct=True)
        return missing.values("key").annotate(asking=asking).order_by("-asking", "key")


class CrossLink(models.Model):
    """One cross-link of a revision, in document order.

    An unresolved link has no target and keeps the key as written. A finder link
    (``doctors:cardiology/tx/houston``) has a specialization and perhaps a state and
    a place.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", "Guide"
        SPECIALIZATION = "specialization", "Specialization"
        DOCTORS = "doctors", "Doctors of a specialization"
        HOSPITAL = "hospital", "Hospital"
        DOCTOR = "doctor", "Doctor"
        PAGE = "page", "Page of the site"

    # What a link leads to, as columns.
    TARGET_FIELDS = (*(f"{name}_id" for name in TARGETS), "target_state")

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="cross_links")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=200)
    text = models.TextField()
    line = models.PositiveIntegerField()
    column = models.PositiveIntegerField()
    target_article = models.ForeignKey(
        Article, unresolve_unless_public, null=True, related_name="incoming_links"
    )
    target_specialization = models.ForeignKey(
        Specialization,
        unresolve_unless_public,
        null=True,
        related_name="incoming_links",
    )
    target_organization = models.ForeignKey(
        Organization, unresolve_unless_public, null=True, related_name="incoming_links"
    )
    target_practitioner = models.ForeignKey(
        Practitioner,
        unresolve_unless_public,
        null=True,
        db_constraint=False,  # an import puts a new table in its place
        related_name="incoming_links",
    )
    target_place = models.ForeignKey(
        Place, unresolve_unless_public, null=True, related_name="incoming_links"
    )
    target_state = models.CharField(max_length=2, blank=True)

    # set by crosslinks.build_links()
    has_doctors = False
    open_slug: str | None = None

    objects = CrossLinkQuerySet.as_manager()

    class Meta:
        ordering = ["revision_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "position"], name="crosslink_position_unique"
            ),
            models.CheckConstraint(
                condition=targets_fit_kind(), name="crosslink_targets_fit_kind"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="crosslink_key_present"),
            models.CheckConstraint(
                condition=Q(target_state="")
                | Q(kind="doctors", target_specialization__isnull=False),
                name="crosslink_state_narrows_doctors",
            ),
            models.CheckConstraint(
                condition=Q(target_place=None) | ~Q(target_state=""),
                name="crosslink_place_has_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"

    @property
    def is_resolved(self) -> bool:
        """Whether the key names something that this site holds, public or not."""
        targets = [getattr(self, f"{name}_id") for name in TARGETS]
        return names_something(self.kind, self.key, targets)
