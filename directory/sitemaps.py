"""Public pages of the directory for search engines; nobody made up is among them."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet

from directory.models import Organization, Practitioner, Specialization


class SpecializationSitemap(Sitemap):
    """Every page that says what a kind of doctor does."""

    def items(self) -> QuerySet[Specialization]:
        """Return the tree, in a stable order."""
        return Specialization.objects.listed()


class HospitalSitemap(Sitemap):
    """Every real hospital of the newest release."""

    limit = 10_000

    def items(self) -> QuerySet[Organization]:
        """Return what the address is made of, in a stable order."""
        hospitals = Organization.objects.listed().hospitals().filter(is_demo=False)
        return hospitals.filter(same_as=None).only("ccn", "name").order_by("pk")


class DoctorSitemap(Sitemap):
    """Every real practitioner of the newest release, ten thousand to a file."""

    limit = 10_000

    def items(self) -> QuerySet[Practitioner]:
        """Return what the address is made of, in a stable order."""
        people = Practitioner.objects.listed().filter(is_demo=False)
        return people.only("npi", "first_name", "last_name").order_by("pk")
