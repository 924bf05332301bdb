"""The public pages that search engines may show, in parts that the apps give."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from articles.models import Article, Contributor
from articles.sitemaps import ArticleSitemap, ContributorSitemap, TopicSitemap
from directory.models import PractitionerCount
from directory.sitemaps import (
    DoctorListSitemap,
    DoctorSitemap,
    HospitalListSitemap,
    HospitalSitemap,
    SpecializationSitemap,
)


class EntrySitemap(Sitemap):
    """The pages from which all others are reached, but for a demonstration's."""

    def items(self) -> list[str]:
        """Return the names of the addresses."""
        guides = Article.objects.published().guides()
        people = Contributor.objects.published()
        doctors = PractitionerCount.objects.in_country()
        found = ["directory:hospitals"]
        if not guides.filter(is_demo=True).exists():
            found += ["home", "articles:index"]
        if not people.filter(is_demo=True).exists():
            found += ["articles:people"]
        if not doctors.filter(includes_demo=True).exists():
            found += ["directory:finder", "directory:specializations"]
        return found

    def location(self, item: str) -> str:
        """Return the address."""
        return reverse(item)


SITEMAPS = {
    "entries": EntrySitemap,
    "articles": ArticleSitemap,
    "topics": TopicSitemap,
    "people": ContributorSitemap,
    "specializations": SpecializationSitemap,
    "doctor-lists": DoctorListSitemap,
    "hospital-lists": HospitalListSitemap,
    "hospitals": HospitalSitemap,
    "doctors": DoctorSitemap,
}
