"""Every public page for search engines, in parts that the apps give."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from articles.sitemaps import ArticleSitemap
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
    "specializations": SpecializationSitemap,
    "hospitals": HospitalSitemap,
    "doctors": DoctorSitemap,
}
