"""The few pages that need both apps, and the addresses that machines ask for."""

import datetime

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import DatabaseError, InterfaceError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Article, Topic
from config.machine_faults import is_migrated
from config.search import find
from directory import parameters
from directory.along import SHAPES
from directory.models import Specialization
from directory.views import private

# The guide that a worried person most likely came for.
LEAD_GUIDE = "when-to-get-a-second-opinion"

# Whom people ask for a second opinion most: the doctors of the decisions that our
# guides are about. The order is the page's.
SOUGHT_SPECIALIZATIONS = (
    "cardiology",
    "cardiac-surgery",
    "medical-oncology",
    "radiation-oncology",
    "surgical-oncology",
    "orthopedic-surgery",
    "neurosurgery",
    "neurology",
    "urology",
    "obstetrics-and-gynecology",
    "gastroenterology",
    "hematology",
)

PLAIN_TEXT = "text/plain; charset=utf-8"
SECURITY_TEXT_DAYS = 90


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Say what this is, and lead to the guide, to a doctor, to a topic."""
    guides = Article.objects.published().guides()
    by_slug = Specialization.objects.with_doctors().by_slug(SOUGHT_SPECIALIZATIONS)
    context = {
        "lead": guides.for_cards().at_address(LEAD_GUIDE),
        "topics": Topic.objects.published(),
        "specializations": [
            by_slug[slug] for slug in SOUGHT_SPECIALIZATIONS if slug in by_slug
        ],
        "shows_demo": guides.filter(is_demo=True).exists(),
    }
    return render(request, "home.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find guides, kinds of doctors, hospitals and doctors by any words.

    What somebody looks for may be an illness: nobody else gets to know the address.
    """
    found = find(parameters.typed(request.GET, "q"))
    context = {"found": found, "crumbs": [], "shows_demo": found.shows_demo}
    return private(render(request, "search.html", context), found.words)


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Lead those who ask at the root to the icon."""
    return HttpResponseRedirect(staticfiles_storage.url("img/favicon.ico"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Open every page to crawlers, but not the endless ways to filter a list.

    Elsewhere a question mark is somebody's mark on a link: the page that is read there
    names its own address.
    """
    lines = (
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /feedback/",
        "Disallow: /report/",
        "Disallow: /compare/?",
        *(
            f"Disallow: /{page}/*?{name}="
            for page in ("doctor", "hospital", "hospitals")
            for name in SHAPES
        ),
        "Disallow: /doctors/*?",
        "Disallow: /hospitals/?",
        "Disallow: /search/?",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN_TEXT)


@require_safe
def security_text(request: HttpRequest) -> HttpResponse:
    """Say where to report a weakness, as RFC 9116 has it.

    The contact is the operator's to give (SECURITY_CONTACT); without it, the site's
    own contact page; without that, nothing, since a wrong one is worse than none.
    """
    contact = settings.SECURITY_CONTACT
    if not contact:
        page = Article.objects.published().pages().filter(slug="contact").first()
        if page is None:
            raise Http404("Neither SECURITY_CONTACT nor a contact page is there.")
        contact = request.build_absolute_uri(page.get_absolute_url())
    expires = timezone.now() + datetime.timedelta(days=SECURITY_TEXT_DAYS)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri(reverse('security-text'))}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN_TEXT)


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer that the process runs; asks no database."""
    return HttpResponse("ok\n", content_type=PLAIN_TEXT)


@never_cache
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer that pages can be served: the database is there and has its tables."""
    try:
        is_ready = is_migrated()
    except (DatabaseError, InterfaceError):
        is_ready = False
    if not is_ready:
        return HttpResponse(
            "The database does not answer or was not migrated.\n",
            content_type=PLAIN_TEXT,
            status=503,
        )
    return HttpResponse("ready\n", content_type=PLAIN_TEXT)
