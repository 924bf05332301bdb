"""Public pages of the directory for search engines.

Only what they may show: a page with somebody made up, or with a guide of the
demonstration, says ``noindex``. Any link from such a guide counts, public or not.
"""

from functools import cached_property

from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet

from directory.finder.searching import Search, Way
from directory.hospitals import page as hospital_page
from directory.models import (
    Affiliation,
    Organization,
    Practitioner,
    PractitionerCount,
    PractitionerSpecialization,
    Specialization,
)

IN_DEMO_GUIDE = Q(incoming_links__revision__article__is_demo=True)


class SpecializationSitemap(Sitemap):
    """Every page that says what a kind of doctor does."""

    def items(self) -> QuerySet[Specialization]:
        """Return the tree, in a stable order."""
        tree = Specialization.objects.listed()
        with_demo = PractitionerCount.objects.in_country().filter(includes_demo=True)
        shown = Q(pk__in=with_demo.values("specialization"))
        above = tree.filter(shown, parent__isnull=False).values("parent")
        guided = tree.filter(IN_DEMO_GUIDE).values("pk")
        return tree.exclude(shown | Q(pk__in=above) | Q(pk__in=guided))


class DoctorListSitemap(Sitemap):
    """The list of each kind of doctor, and of each state that has one.

    Some thousand addresses; those of cities are many more and one step further on.
    """

    def items(self) -> QuerySet[PractitionerCount]:
        """Return the lists by their precomputed numbers: nobody is counted."""
        counts = PractitionerCount.objects.filter(place=None, includes_demo=False)
        return counts.select_related("specialization")

    def location(self, item: PractitionerCount) -> str:
        """Return the list's address."""
        return Search(item.specialization, item.state).url()


class HospitalListSitemap(Sitemap):
    """The list of each state's hospitals."""

    def items(self) -> list[Way]:
        """Return the states that have one."""
        return hospital_page.states()

    def location(self, item: Way) -> str:
        """Return the list's address."""
        return item.url


class HospitalSitemap(Sitemap):
    """Every real hospital of the newest release."""

    limit = 10_000

    def items(self) -> QuerySet[Organization]:
        """Return what the address is made of, in a stable order."""
        hospitals = Organization.objects.listed().hospitals().filter(is_demo=False)
        made_up = Affiliation.objects.filter(
            organization=OuterRef("pk"), practitioner__is_demo=True
        )
        guided = hospitals.filter(IN_DEMO_GUIDE).values("pk")
        shown = hospitals.filter(~Exists(made_up), same_as=None)
        return shown.exclude(pk__in=guided).only("ccn", "name").order_by("pk")


class KeyPaginator(Paginator):
    """Pages by primary key: the last one of millions costs what the first does.

    OFFSET would read all rows before it, and count(*) all there are. A key that is
    nobody's leaves a page shorter.
    """

    object_list: QuerySet[Practitioner]

    @cached_property
    def count(self) -> int:
        """The highest key: as many could there be."""
        return (
            self.object_list.order_by("-pk").values_list("pk", flat=True).first() or 0
        )

    def page(self, number: int | str) -> "Page[Practitioner]":
        """Return those whose keys belong to this page."""
        number = self.validate_number(number)
        last = number * self.per_page
        found = self.object_list.filter(pk__gt=last - self.per_page, pk__lte=last)
        return Page(list(found), number, self)


class DoctorSitemap(Sitemap):
    """Every real practitioner of the newest release, ten thousand to a file."""

    limit = 10_000

    def items(self) -> QuerySet[Practitioner]:
        """Return what the address is made of, in a stable order."""
        people = Practitioner.objects.listed().filter(is_demo=False)
        guided = Specialization.objects.filter(IN_DEMO_GUIDE).values("pk")
        kinds = Specialization.objects.filter(Q(pk__in=guided) | Q(parent__in=guided))
        if keys := list(kinds.values_list("pk", flat=True)):
            does = PractitionerSpecialization.objects.filter(
                practitioner=OuterRef("pk"), specialization__in=keys
            )
            people = people.exclude(Exists(does))
        return people.only("npi", "first_name", "last_name").order_by("pk")

    @property
    def paginator(self) -> KeyPaginator:
        """Return pages that stay cheap among millions."""
        return KeyPaginator(self.items(), self.limit)
