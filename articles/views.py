"""Public pages of guides, topics, trust pages and contributors."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles.exporting import to_file
from articles.models import Article, Contributor, Revision, Topic
from articles.reading import reading_context


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List all guides, by topic and A to Z."""
    guides = list(Article.objects.published().guides().for_cards())
    letters = groupby(guides, key=lambda guide: guide.title[0].upper())
    context = {
        "topics": Topic.objects.published(),
        "letters": [(letter, list(group)) for letter, group in letters],
        "crumbs": [("Home", reverse("home")), ("Guides", "")],
        "shows_demo": any(guide.is_demo for guide in guides),
    }
    return render(request, "articles/index.html", context)


@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a guide: at most six queries, whatever its length."""
    return _read(request, slug, Article.Kind.HEALTH)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a trust page."""
    return _read(request, slug, Article.Kind.PAGE)


@require_safe
def article_source(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a guide's Markdown with its head, as ``import_articles`` reads it."""
    revision = _find(slug, Article.Kind.HEALTH)
    if isinstance(revision, Article):
        return redirect("articles:article-source", revision.slug, permanent=True)
    return HttpResponse(to_file(revision), content_type="text/markdown; charset=utf-8")


def _read(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    revision = _find(slug, kind)
    if isinstance(revision, Article):
        return redirect(revision, permanent=True)
    links = list(revision.cross_links.with_targets())
    context = reading_context(revision, links, revision.cited_sources())
    return render(request, "articles/article.html", context)


def _find(slug: str, kind: str) -> Revision | Article:
    """Return the public text at an address, or the article that it was renamed to."""
    texts = Revision.objects.published().for_page().filter(article__kind=kind)
    articles = Article.objects.published().filter(kind=kind)
    return texts.filter(article__slug=slug).first() or get_object_or_404(
        articles, former_slugs__slug=slug
    )


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """List a topic's guides."""
    topics = Topic.objects.published()
    found = topics.filter(slug=slug).first()
    if found is None:
        return redirect(
            get_object_or_404(topics, former_slugs__slug=slug), permanent=True
        )
    guides = list(found.articles.published().guides().for_cards())
    context = {
        "topic": found,
        "guides": guides,
        "crumbs": _crumbs(found.name),
        "shows_demo": any(guide.is_demo for guide in guides),
    }
    return render(request, "articles/topic.html", context)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a contributor with what they wrote and reviewed."""
    found = get_object_or_404(Contributor.objects.published(), slug=slug)
    guides = Article.objects.published().guides().for_cards()
    context = {
        "person": found,
        "written": guides.filter(published_revision__author=found),
        "reviewed": guides.filter(published_revision__reviewer=found),
        "crumbs": _crumbs(found.name),
        "shows_demo": found.is_demo,
    }
    return render(request, "articles/person.html", context)


def _crumbs(name: str) -> list[tuple[str, str]]:
    return [
        ("Home", reverse("home")),
        ("Guides", reverse("articles:index")),
        (name, ""),
    ]
