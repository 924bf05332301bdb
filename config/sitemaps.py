"""Every public page for search engines, in parts that the apps give."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from articles.sitemaps import ArticleSitemap, ContributorSitemap
from directory.sitemaps import (
    DoctorSitemap,
    HospitalSitemap,
    SpecializationSitemap,
)


class EntrySitemap(Sitemap):
    """The pages from which all others are reached."""

    def items(self) -> list[str]:
        """Return the names of the addresses."""
        return [
            "home",
            "articles:index",
            "articles:people",
            "directory:finder",
            "directory:specializations",
            "directory:hospitals",
        ]

    def location(self, item: str) -> str:
        """Return the address."""
        return reverse(item)


SITEMAPS = {
    "entries": EntrySitemap,
    "articles": ArticleSitemap,
    "people": ContributorSitemap,
    "specializations": SpecializationSitemap,
    "hospitals": HospitalSitemap,
    "doctors": DoctorSitemap,
}
