"""The steps of a text from draft to readers and back, each a page with one form.

A step is offered to whom may take it and where it makes sense; whether it is taken
decides the action, which asks again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.admin import step_forms
from articles.admin.signed_in import signed_in
from articles.models import (
    Article,
    Contributor,
    ReviewInvitation,
    Revision,
)
from articles.publishing import UNSIGNED, NotPublishableError, faults_of, publish
from articles.reading import reading_context
from articles.recipients import origin_for
from articles.review_links import invite, withdraw_link
from articles.reviewing import (
    ask_for_changes,
    revoke,
    send_for_review,
    sign_off,
)
from articles.shown_links import links_of
from articles.signed_text import compared_with_signed
from articles.standing import Standing, standing_of
from articles.withdrawing import cancel_plans, withdraw

State = Revision.State
Values = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """One button: what it says, asks for and does."""

    label: str
    permissions: tuple[str, ...]  # any of these
    form: type[step_forms.StepForm]
    makes_sense: Callable[[Standing, User], bool]
    act: Callable[[Standing, Revision, Values, User], str]

    def is_offered(self, standing: Standing, user: User) -> bool:
        """Whether this user may take the step, and it leads somewhere now."""
        may = any(user.has_perm(f"articles.{name}") for name in self.permissions)
        return may and self.makes_sense(standing, user)


def _awaits(*states: str) -> Callable[[Standing, User], bool]:
    return lambda standing, _user: (
        standing.latest is not None and standing.latest.state in states
    )


def _is_reviewable(standing: Standing, user: User) -> bool:
    """Whether there is a text to sign, and it is not one's own."""
    latest = standing.latest
    return (
        latest is not None
        and latest.state in {State.IN_REVIEW, State.SIGNED_OFF}
        and latest.created_by_id != user.pk
    )


def _is_wording_only(standing: Standing) -> bool:
    """Whether the newest text waits for a confirmation of its wording alone."""
    latest = standing.latest
    if latest is None or latest.state != State.IN_REVIEW:
        return False
    return compared_with_signed(latest).is_wording_only


READY = " A publisher can make it public now."
HELD = (
    " The checks keep this text from readers, and a sign-off is not for a mended one."
)


def _held(text: Revision) -> str:
    """Return a sentence where a sign-off alone does not let a text be published."""
    return HELD if set(faults_of(text, by=None)) - {UNSIGNED} else ""


def _send(_standing: Standing, text: Revision, values: Values, by: User) -> str:
    send_for_review(
        revision=text,
        by=by,
        words=values["words"],
        is_wording_only=values["is_wording_only"],
    )
    return f"Sent for review.{_held(text)}"


def _invite(_standing: Standing, text: Revision, values: Values, by: User) -> str:
    asked = {name: values[name] for name in INVITED}
    made = invite(revision=text, by=by, **asked)
    return f"The link was mailed to {made.email}."


INVITED = (
    "email",
    "reviewer",
    "name",
    "credential",
    "days",
    "words",
    "is_wording_only",
    "origin",
)


def _withdraw_link(
    _standing: Standing, _text: Revision, values: Values, by: User
) -> str:
    withdraw_link(invitation=values["invitation"], by=by)
    return "Withdrawn. The link says so to who opens it."


def _has_open_links(standing: Standing, _user: User) -> bool:
    """Whether a link to one of its texts still works."""
    links = ReviewInvitation.objects.still_open()
    return links.filter(revision__article=standing.article).exists()


def _ask(_standing: Standing, text: Revision, values: Values, by: User) -> str:
    ask_for_changes(revision=text, words=values["words"], by=by)
    return "Given back to the editors with your words."


def _sign(_standing: Standing, text: Revision, values: Values, by: User) -> str:
    sign_off(
        revision=text,
        reviewer=values["reviewer"],
        on=values["signed_on"],
        scope=values["scope"],
        words=values["words"],
        by=by,
    )
    return f"Signed off.{_held(text) or READY}"


def _confirm(_standing: Standing, text: Revision, _values: Values, by: User) -> str:
    reviewer = Contributor.objects.filter(user=by).first()
    if reviewer is None:
        raise ValidationError(
            "Your login is not linked to a contributor yet. The editor-in-chief can "
            "link it."
        )
    comparison = compared_with_signed(text)
    sign_off(
        revision=text,
        reviewer=reviewer,
        on=timezone.localdate(),
        rests_on=comparison.rests_on,
        scope=comparison.scope,
        by=by,
    )
    return f"Confirmed.{_held(text) or READY}"


def _publish(_standing: Standing, text: Revision, values: Values, by: User) -> str:
    publish(
        revision=text,
        by=by,
        at=values["at"],
        change_note=values["change_note"].strip(),
        is_correction=values["is_correction"],
    )
    if values["at"]:
        return f"Planned: readers see this text from {values['at']:%Y-%m-%d %H:%M}."
    return "Published. Readers see this text now."


def _withdraw(standing: Standing, _text: Revision, values: Values, by: User) -> str:
    withdraw(
        article=standing.article,
        way=values["way"],
        reason=values["reason"].strip(),
        successor=values["successor"],
        at=values.get("at"),
        by=by,
    )
    if values.get("at"):
        return f"Planned: withdrawn from {values['at']:%Y-%m-%d %H:%M}."
    return "Withdrawn. Links to it are plain text now, or lead to its successor."


def _cancel(standing: Standing, _text: Revision, _values: Values, by: User) -> str:
    cancel_plans(article=standing.article, by=by)
    return "Cancelled. Readers see what they saw before."


def _revoke(standing: Standing, _text: Revision, values: Values, by: User) -> str:
    held = {str(each.pk): each for each in standing.revocable}
    if not held:
        raise ValidationError("No sign-off is left to take back.")
    only = next(iter(held))
    chosen = held[values.get("sign_off", only)]
    revoke(sign_off=chosen, reason=values["reason"], by=by)
    return "Taken back. No reader sees a text that rests on it."


STEPS = {
    "send": Step(
        "Send for review",
        ("change_article",),
        step_forms.SendForm,
        _awaits(State.DRAFT, State.CHANGES_ASKED),
        _send,
    ),
    "link": Step(
        "Send for review by link",
        ("record_review",),
        step_forms.InviteForm,
        _awaits(State.DRAFT, State.IN_REVIEW, State.CHANGES_ASKED),
        _invite,
    ),
    "withdraw-link": Step(
        "Withdraw a review link",
        ("change_article",),
        step_forms.WithdrawLinkForm,
        _has_open_links,
        _withdraw_link,
    ),
    "ask": Step(
        "Ask for changes",
        ("review_article",),
        step_forms.AskForm,
        _awaits(State.IN_REVIEW),
        _ask,
    ),
    "confirm": Step(
        "Confirm the wording",
        ("review_article",),
        step_forms.ConfirmForm,
        lambda standing, user: (
            _is_wording_only(standing) and _is_reviewable(standing, user)
        ),
        _confirm,
    ),
    "sign": Step(
        "Sign off",
        ("review_article", "record_review"),
        step_forms.SignOffForm,
        _is_reviewable,
        _sign,
    ),
    "publish": Step(
        "Publish",
        ("publish_article",),
        step_forms.PublishForm,
        lambda standing, _user: standing.publishable is not None,
        _publish,
    ),
    "withdraw": Step(
        "Withdraw",
        ("publish_article",),
        step_forms.WithdrawForm,
        lambda standing, _user: bool(standing.current or standing.withdrawal),
        _withdraw,
    ),
    "cancel": Step(
        "Cancel what is planned",
        ("publish_article",),
        step_forms.ConfirmForm,
        lambda standing, _user: bool(
            standing.planned or (standing.current and standing.current.public_until)
        ),
        _cancel,
    ),
    "revoke": Step(
        "Take the sign-off back",
        ("review_article",),
        step_forms.RevokeForm,
        lambda standing, _user: bool(standing.revocable),
        _revoke,
    ),
}


# What becomes of a planned publication, and of a planned withdrawal, by these steps.
FATES = {
    "publish": (
        "Publishing takes this plan back.",
        "Publishing before that moment takes this plan back: plan the withdrawal anew.",
    ),
    "withdraw": (
        "Withdrawing takes this plan back.",
        "This withdrawal takes its place.",
    ),
    "cancel": ("", ""),
}


def offered_steps(standing: Standing, user: User) -> list[tuple[str, str]]:
    """Return label and address of each step that this user can take now."""
    return [
        (step.label, reverse(STEP, args=[standing.article.pk, name]))
        for name, step in STEPS.items()
        if step.is_offered(standing, user)
    ]


STEP = "admin:articles_article_step"
CHANGE = "admin:articles_article_change"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def step_view(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Show a step and take it; what was typed stays where it is refused."""
    user = signed_in(request)
    step = STEPS.get(name)
    if step is None:
        raise Http404
    if not any(user.has_perm(f"articles.{each}") for each in step.permissions):
        raise PermissionDenied
    articles = Article.objects.all()
    if request.method == "POST":
        articles = articles.select_for_update()  # of two clicks the second sees it done
    standing = standing_of(get_object_or_404(articles, pk=pk))
    form = step.form(request.POST or None, standing=standing, by=user)
    if request.method == "POST" and form.is_valid():
        if _is_done(step, form, request):
            return redirect(CHANGE, pk)
    elif request.method == "GET" and not step.is_offered(standing, user):
        messages.warning(request, f"“{step.label}” is not the next step here.")
        return redirect(CHANGE, pk)
    context = {
        **admin.site.each_context(request),
        "title": step.label,
        "opts": Article._meta,
        "standing": standing,
        "article": standing.article,
        "form": form,
        "shown": None if name == "cancel" else form.shown(),
        "fates": FATES.get(name),
        **_compared(name, standing),
    }
    return render(request, "admin/articles/article/step.html", context)


def _is_done(step: Step, form: step_forms.StepForm, request: HttpRequest) -> bool:
    """Take the step, or put into the form why not."""
    standing, user, text = form.standing, form.by, form.shown()
    if text is None or not step.is_offered(standing, user):
        form.add_error(None, "This is not the next step here any more.")
        return False
    values = {**form.cleaned_data, "origin": origin_for(request)}
    try:
        done = step.act(standing, text, values, user)
    except (ValidationError, NotPublishableError) as error:
        for message in error.messages:
            form.add_error(None, message)
        return False
    messages.success(request, done)
    return True


def _compared(name: str, standing: Standing) -> dict[str, Any]:
    """Return what a reviewer compares: the signed text before, and the differences."""
    if name not in {"ask", "confirm", "sign"} or standing.latest is None:
        return {"before": None, "lines": [], "sent": None}
    return vars(compared_with_signed(standing.latest))


@never_cache
@require_safe
def read_view(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Show a stored text as readers would see it, dead links marked."""
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    texts = Revision.objects.select_related("article", "author")
    revision = get_object_or_404(texts, article=pk, number=number)
    links = links_of(revision)
    context = reading_context(
        revision, links, revision.cited_sources(), for_editor=True
    )
    return render(request, "articles/article.html", context)
