"""The tree of specializations and the external codes mapped to it."""

from collections.abc import Collection
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Coalesce

from directory.addresses import address
from directory.slugs import SLUG_FORMAT

PROPER_NAMES = ("Mohs",)


def in_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence."""
    if title.startswith(PROPER_NAMES):
        return title
    return title[:1].lower() + title[1:]


class SpecializationQuerySet(models.QuerySet["Specialization"]):
    """Read after the model: ``Specialization.objects.listed()``."""

    def listed(self) -> Self:
        """Keep what the public may see: all of the tree."""
        return self.all()

    def with_doctors(self) -> Self:
        """Keep specializations and sub-specializations: a family has no doctors."""
        return self.exclude(level=Specialization.Level.FAMILY)

    def by_slug(self, slugs: Collection[str]) -> dict[str, "Specialization"]:
        """Return those with these slugs, by slug; a former one finds its present row.

        One query, and one more where a slug is nobody's now.
        """
        found = {one.slug: one for one in self.filter(slug__in=slugs)}
        if missing := set(slugs) - set(found):
            former = FormerSpecializationSlug.objects.filter(
                slug__in=missing, specialization__in=self
            )
            for each in former.select_related("specialization"):
                found[each.slug] = each.specialization
        return found

    def with_is_coded(self) -> Self:
        """Annotate ``is_coded``: whether a public file names this specialization."""
        codes = SpecializationCode.objects.filter(
            specialization=models.OuterRef("pk"),
            system=SpecializationCode.System.CMS_SPECIALTY,
        )
        return self.annotate(is_coded=models.Exists(codes))

    def with_counts(self) -> Self:
        """Annotate ``doctors``, how many the country has, and ``counts_demo``.

        ``physicians`` and ``at_teaching_hospital`` are how many of them are.
        """
        national = FilteredRelation(
            "practitioner_counts",
            condition=Q(
                practitioner_counts__state="", practitioner_counts__place__isnull=True
            ),
        )
        return self.alias(national=national).annotate(
            doctors=Coalesce(F("national__practitioners"), 0),
            counts_demo=Coalesce(F("national__includes_demo"), False),
            physicians=Coalesce(F("national__physicians"), 0),
            at_teaching_hospital=Coalesce(F("national__at_teaching_hospital"), 0),
        )


class Specialization(models.Model):
    """A family to browse by, a specialization, or a sub-specialization of one."""

    class Level(models.TextChoices):
        FAMILY = "family", "Family"
        SPECIALIZATION = "specialization", "Specialization"
        SUB_SPECIALIZATION = "sub-specialization", "Sub-specialization"

    slug = models.SlugField(max_length=80, unique=True)
    tree_key = models.SlugField(
        max_length=80,
        blank=True,
        editable=False,
        help_text="The slug in the file of the tree, which a rename leaves alone.",
    )
    level = models.CharField(max_length=20, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(max_length=120, help_text="The field: Cardiology.")
    title = models.CharField(
        max_length=120, blank=True, help_text="The person: Cardiologist."
    )
    title_plural = models.CharField(max_length=120, blank=True)
    plain_name = models.CharField(max_length=120, help_text="A patient's words.")
    what_they_do = models.TextField()
    when_to_see = models.TextField(blank=True)
    profession = models.CharField(
        max_length=30, blank=True, help_text="Physician, therapist; of the wider field."
    )
    synonyms = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    questions_to_ask = ArrayField(
        models.TextField(),
        default=list,
        blank=True,
        help_text="How to find this person where no public file codes the field.",
    )

    is_coded: bool  # by with_is_coded()
    doctors: int  # these four by with_counts()
    counts_demo: bool
    physicians: int
    at_teaching_hospital: int

    objects = SpecializationQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_FORMAT), name="specialization_slug_format"
            ),
            models.UniqueConstraint(
                fields=["tree_key"],
                condition=~Q(tree_key=""),
                name="specialization_tree_key_unique",
            ),
            models.CheckConstraint(
                condition=Q(level="family", parent=None)
                | Q(level__in=["specialization", "sub-specialization"])
                & Q(parent__isnull=False),
                name="specialization_parent_fits_level",
            ),
            models.CheckConstraint(
                condition=Q(level="family")
                | ~Q(title="") & ~Q(title_plural="") & ~Q(when_to_see=""),
                name="specialization_words_present",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(plain_name="") & ~Q(what_they_do=""),
                name="specialization_name_present",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the page that says what this is."""
        return address("directory:specialization", self.slug)

    @property
    def title_in_sentence(self) -> str:
        """The person inside a sentence: cardiologist, but Mohs surgeon."""
        return in_sentence(self.title)

    @property
    def titles_in_sentence(self) -> str:
        """Several of these people inside a sentence: cardiologists."""
        return in_sentence(self.title_plural)

    @property
    def doctors_text(self) -> str:
        """The number by with_counts() as a reader reads it."""
        return f"{self.doctors:,}"

    def counted(self, number: int) -> str:
        """Return how many of these people: 1 cardiologist, 1,204 cardiologists."""
        if number == 1:
            return f"1 {self.title_in_sentence}"
        return f"{number:,} {self.titles_in_sentence}"

    @property
    def noun(self) -> str:
        """What a patient calls one of them: a doctor, or a clinician where not one."""
        return "doctor" if self.profession in {"", "physician"} else "clinician"

    @property
    def is_family(self) -> bool:
        """Whether this is a heading and not a kind of doctor."""
        return self.level == self.Level.FAMILY


class FormerSpecializationSlug(models.Model):
    """A slug that named a specialization before it was renamed or replaced.

    It points at the row itself and not at the next slug, so chains and loops cannot
    exist. Whoever takes the slug anew removes this row.
    """

    slug = models.SlugField(max_length=80, unique=True)
    specialization = models.ForeignKey(
        Specialization, models.CASCADE, related_name="former_slugs"
    )

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(slug__regex=SLUG_FORMAT),
                name="former_specialization_slug_format",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} → {self.specialization}"


class SpecializationCode(models.Model):
    """What an external system calls a specialization."""

    class System(models.TextChoices):
        CMS_SPECIALTY = "cms-specialty", "CMS primary specialty"
        MEDICARE_CODE = "medicare-code", "Medicare specialty code"
        TAXONOMY = "taxonomy", "Provider taxonomy code"

    specialization = models.ForeignKey(
        Specialization, models.CASCADE, related_name="codes"
    )
    system = models.CharField(max_length=20, choices=System)
    code = models.CharField(max_length=120)
    is_by_hand = models.BooleanField(
        default=False, help_text="Mapped by the directory manager, not by the tree."
    )

    class Meta:
        ordering = ["system", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code"], name="specialization_code_unique"
            ),
            models.CheckConstraint(
                condition=~Q(code=""), name="specialization_code_present"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.code}"
