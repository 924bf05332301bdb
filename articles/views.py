"""Public pages of guides, topics, trust pages and contributors."""

from collections.abc import Iterable
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.exporting import to_page
from articles.models import Article, Contributor, Publication, Topic
from articles.reading import reading_context
from articles.shown_links import links_of
from articles.structured_data import as_json_ld, person_data
from directory.values.sort_keys import sort_key


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List all guides, by topic and A to Z."""
    found = Article.objects.published().guides().for_cards()
    guides = _by_title(found)
    letters = groupby(guides, key=lambda guide: _letter(guide.title))
    context = {
        "topics": Topic.objects.published(),
        "letters": [(letter, list(group)) for letter, group in letters],
        "crumbs": [],
        "shows_demo": any(guide.is_demo for guide in guides),
    }
    return render(request, "articles/index.html", context)


def _by_title(guides: Iterable[Article]) -> list[Article]:
    """Sort as readers look for a title: "eGFR" and "Émigré" are at E.

    The database puts small letters, accents and quotation marks behind Z.
    """
    return sorted(guides, key=lambda guide: (sort_key(guide.title), guide.pk))


def _letter(title: str) -> str:
    """Return where a title stands from A to Z; what has no letter stands before A."""
    first = sort_key(title)[:1]
    return first.upper() if first.isalpha() else "0–9"


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a guide: at most six queries, whatever its length."""
    return _read(request, slug, Article.Kind.HEALTH)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a trust page."""
    return _read(request, slug, Article.Kind.PAGE)


@require_safe
def about(_request: HttpRequest) -> HttpResponse:
    """Lead whoever shortened a trust page's address to the one that says who we are."""
    found = Article.objects.published().pages().at_address("about")
    if found is None:
        raise Http404
    return redirect(found)


@require_safe
def article_source(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a guide's Markdown with its head, as ``import_articles`` reads it."""
    publication = _find(slug, Article.Kind.HEALTH)
    if publication is None:
        found = _elsewhere(slug, Article.Kind.HEALTH)
        if found.open_slug is None:
            return _gone(request, found)
        return redirect("articles:article-source", found.open_slug, permanent=True)
    text, guide = to_page(publication), publication.revision.article
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    if guide.is_demo:
        response.headers["X-Robots-Tag"] = "noindex"
    else:  # search engines shall lead to the page that is made for readers
        page = request.build_absolute_uri(guide.get_absolute_url())
        response.headers["Link"] = f'<{page}>; rel="canonical"'
    return response


def _read(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    publication = _find(slug, kind)
    if publication is None:
        return _lead_on(request, _elsewhere(slug, kind), slug)
    return _show(request, publication)


def _show(request: HttpRequest, publication: Publication) -> HttpResponse:
    revision = publication.revision
    links = links_of(revision)
    context = reading_context(
        revision, links, revision.cited_sources(), publication=publication
    )
    return render(request, "articles/article.html", context)


def _find(slug: str, kind: str) -> Publication | None:
    """Return what readers see at an address now."""
    publications = Publication.objects.published().for_page()
    return publications.filter(article__slug=slug, article__kind=kind).first()


def _elsewhere(slug: str, kind: str) -> Article:
    """Return the article that was at an address last, withdrawn or renamed since."""
    articles = Article.objects.once_published().filter(kind=kind).with_open_slug()
    found = articles.at_address(slug)
    if found is None:
        raise Http404
    if found.open_slug is None:
        found.open_slug = _further_on(found)
    return found


def _further_on(found: Article) -> str | None:
    """Follow successors beyond those of ``open_slug()``: many plans that came due."""
    seen: set[int] = set()
    at: Article | None = found
    while at and at.open_slug is None and at.pk not in seen:
        seen.add(at.pk)
        last = at.publications.begun().first()
        successors = Article.objects.filter(succeeds=last).with_open_slug()
        at = successors.first() if last else None
    return at.open_slug if at else None


def _lead_on(request: HttpRequest, found: Article, slug: str) -> HttpResponse:
    """Answer for an address whose guide was renamed or withdrawn."""
    if found.open_slug is not None:
        return redirect(found.address_name, found.open_slug, permanent=True)
    last = found.publications.begun().for_page().first()
    if last is None or not last.is_readable_after:
        return _gone(request, found)
    if slug != found.slug:
        return redirect(found, permanent=True)
    return _show(request, last)


def _gone(request: HttpRequest, found: Article) -> HttpResponse:
    """Say that a guide was withdrawn, why, and where to go on."""
    last = found.publications.begun().select_related("revision").first()
    context = {"publication": last, "shows_demo": found.is_demo}
    return render(request, "articles/withdrawn.html", context, status=410)


@require_safe
def topics(_request: HttpRequest) -> HttpResponse:
    """Lead whoever shortened a topic's address to the guides, which name all topics."""
    return redirect("articles:index")


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """List a topic's guides."""
    published = Topic.objects.published()
    found = published.filter(slug=slug).first()
    if found is None:
        return redirect(
            get_object_or_404(published, former_slugs__slug=slug), permanent=True
        )
    guides = _by_title(found.articles.published().guides().for_cards())
    context = {
        "topic": found,
        "guides": guides,
        "crumbs": [("Guides", reverse("articles:index"))],
        "shows_demo": any(guide.is_demo for guide in guides),
    }
    return render(request, "articles/topic.html", context)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """List who wrote or reviewed what readers can open."""
    found = sorted(Contributor.objects.published(), key=lambda one: sort_key(one.name))
    context = {
        "people": found,
        "crumbs": [],
        "shows_demo": any(one.is_demo for one in found),
    }
    return render(request, "articles/people.html", context)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a contributor with what they wrote and reviewed."""
    found = get_object_or_404(Contributor.objects.published(), slug=slug)
    guides = Article.objects.guides().for_cards()
    address = request.build_absolute_uri(found.get_absolute_url())
    context = {
        "person": found,
        "structured_data": as_json_ld(person_data(found, address)),
        "written": guides.written_by(found),
        "reviewed": guides.reviewed_by(found),
        "crumbs": [("Authors and reviewers", reverse("articles:people"))],
        "shows_demo": found.is_demo,
    }
    return render(request, "articles/person.html", context)
