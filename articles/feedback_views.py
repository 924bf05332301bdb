"""What readers say of a guide: ``/feedback/<slug>/``, without account or cookie.

A guide that was withdrawn or renamed while somebody was writing still takes the words.
"""

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from articles.feedback import (
    answer_of,
    give_answer,
    just_given,
    just_said,
    reason_token,
    report_mistake,
)
from articles.feedback_forms import HelpfulForm, MistakeForm, ReasonForm
from articles.models import Article, HelpfulAnswer
from directory.addresses import address
from directory.public_forms import FLOOD, may_send, public_form

HELPFUL = "articles/feedback/helpful.html"
REASON = "articles/feedback/reason.html"
MISTAKE = "articles/feedback/mistake.html"
ANSWERS_A_DAY = {"most": 30, "most_of_all": 5000}
TOO_MANY_REQUESTS = 429
TOO_MANY_ANSWERS = "Too many answers came in today, so we did not count this one."


def _guide(slug: str) -> Article:
    """Return the guide that is or was at an address; readers have seen it."""
    guides = Article.objects.once_published().guides().with_open_slug()
    found = guides.at_address(slug)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, template: str, guide: Article, status: int, **values: Any
) -> HttpResponse:
    back = address(guide.address_name, guide.open_slug) if guide.open_slug else ""
    context = {"guide": guide, "back": back, "shows_demo": guide.is_demo, **values}
    return render(request, template, context, status=status)


def _sent(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, which may be nothing; None where a page is only read."""
    return request.POST if request.method == "POST" else None


def _status(form: Form) -> int:
    return 422 if form.is_bound and form.errors else 200


@public_form
def helpful(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether a guide helped, and keep the answer at once."""
    guide = _guide(slug)
    form = HelpfulForm(_sent(request))
    if not form.is_valid():
        return _page(request, HELPFUL, guide, _status(form), fault="")
    is_helpful = form.cleaned_data["helpful"] == "yes"
    is_again = just_given(article=guide, is_helpful=is_helpful)
    if not (is_again or may_send(request, "helpful", **ANSWERS_A_DAY)):
        return _page(request, HELPFUL, guide, TOO_MANY_REQUESTS, fault=TOO_MANY_ANSWERS)
    answer = give_answer(article=guide, is_helpful=is_helpful)
    return redirect("articles:feedback-reason", guide.slug, reason_token(answer))


@public_form
def reason(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Thank for an answer and take the reason, once."""
    guide, answer = _guide(slug), answer_of(token)
    if answer is None:
        return redirect("articles:feedback-thanks", guide.slug)
    form = ReasonForm(_sent(request), answer=answer)
    if form.is_valid():
        unsaid = HelpfulAnswer.objects.filter(pk=answer.pk, reason="")
        unsaid.update(reason=form.cleaned_data["reason"])
        return redirect("articles:feedback-thanks", guide.slug)
    return _page(request, REASON, guide, _status(form), form=form)


@public_form
def mistake(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a report of a mistake; what was typed stays where it is refused."""
    guide = _guide(slug)
    form = MistakeForm(_sent(request))
    if not form.is_valid():
        return _page(request, MISTAKE, guide, _status(form), form=form)
    words = form.cleaned_data["words"]
    if not (just_said(article=guide, words=words) or may_send(request, "mistake")):
        form.add_error(None, FLOOD)
        return _page(request, MISTAKE, guide, TOO_MANY_REQUESTS, form=form)
    report_mistake(article=guide, words=words)
    return redirect("articles:feedback-thanks", guide.slug)


@require_safe
def thanks(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what happens next."""
    return _page(request, "articles/feedback/thanks.html", _guide(slug), 200)
