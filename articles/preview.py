"""The editor's preview: the public page of a text that is not stored."""

from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles import markdown
from articles.checking import check
from articles.comparing import Side
from articles.crosslinks import build_links
from articles.models import Article, Contributor, Revision, SignOff, Source
from articles.reading import reading_context
from articles.shown_links import as_shown
from articles.together import NUMBER, as_stored


@never_cache
@require_POST
@permission_required("articles.change_article", raise_exception=True)
def preview(request: HttpRequest) -> HttpResponse:
    """Return the page that readers would see, dead links marked, with the checks.

    Takes the editor's form fields; mounted in the admin, for those who may write.
    """
    try:
        rendered = markdown.render(request.POST.get("source", ""), marks_lines=True)
    except markdown.SourceTooLong as error:
        return HttpResponse(str(error), status=413, content_type="text/plain")
    revision = _unsaved_revision(request.POST, rendered, _article_of(request.POST))
    links = as_shown(build_links(rendered.references))
    sources = list(Source.objects.filter(pk__in=_numbers(request.POST, "sources")))
    context = reading_context(revision, links, sources, for_editor=True)
    context["sent_looks"] = {}  # the page that shows these findings has the ticks
    today = timezone.localdate()
    context["verdict"] = check(
        revision,
        rendered,
        links,
        sources,
        _sign_off_of(revision),
        today=today,
        publishing_on=today,
    )
    return render(request, "admin/articles/article/preview.html", context)


def _article_of(sent: QueryDict) -> Article:
    numbers = _numbers(sent, "article")
    if numbers:
        return get_object_or_404(Article, pk=numbers[0])
    return Article(kind=sent.get("kind", Article.Kind.HEALTH))


def _unsaved_revision(
    sent: QueryDict, rendered: markdown.Rendered, article: Article
) -> Revision:
    authors = Contributor.objects.filter(pk__in=_numbers(sent, "author"))
    source = as_stored(sent.get("source", ""))
    latest = article.latest_revision() if article.pk else None
    if latest and as_stored(latest.source) == source:
        source = latest.source  # a file's last line ends, a form's does not
    return Revision(
        article=article,
        # as the form stores them: a tick is for exactly these words
        title=as_stored(sent.get("title", "")) or "Untitled",
        description=as_stored(sent.get("description", "")),
        source=source,
        author=authors.first(),
        updated_on=timezone.localdate(),
        html=rendered.html,
        contents=[vars(heading) for heading in rendered.contents],
        reading_minutes=rendered.reading_minutes,
    )


def typed_side(sent: QueryDict, article: Article, by: User) -> Side:
    """Return the text in the editor's form, for a comparison; raises SourceTooLong."""
    rendered = markdown.render(sent.get("source", ""))
    revision = _unsaved_revision(sent, rendered, article)
    sources = list(Source.objects.filter(pk__in=_numbers(sent, "sources")))
    links = as_shown(build_links(rendered.references))
    return Side(
        heading="What you typed",
        details=[("Stored", "not yet"), ("By", str(by))],
        revision=revision,
        sources=sources,
        page=reading_context(revision, links, sources, for_editor=True),
    )


def _sign_off_of(revision: Revision) -> SignOff | None:
    """Return the sign-off of the stored text as long as nothing in it was changed."""
    stored = revision.article.latest_revision() if revision.article.pk else None
    if stored is None or any(
        getattr(stored, name) != getattr(revision, name)
        for name in ("title", "description", "source", "author")
    ):
        return None
    return stored.widest_sign_off()


def _numbers(sent: QueryDict, name: str) -> list[int]:
    """Return the parameter's values that can be row numbers; junk is left out."""
    values = sent.getlist(name)[:100]
    return [int(value) for value in values if NUMBER.fullmatch(value)]


def markdownify(source: str) -> str:
    """Give django-markdownx our renderer, so that no other is ever used."""
    return markdown.render(source).html
