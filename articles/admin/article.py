"""A guide's address with its newest text; every save is a new revision."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils import timezone

from articles.acknowledging import acknowledge, is_about, ticked
from articles.addresses import (
    delete_article,
    linking_articles,
    rename_article,
)
from articles.admin.autosaving import (
    compare_kept_view,
    discard_view,
    draft_context,
    keep_view,
)
from articles.admin.comparing import compare_typed_view, compare_view
from articles.admin.restoring import restore_view
from articles.admin.steps import offered_steps, read_view, step_view
from articles.autosaving import discard, initial_from, kept_for
from articles.editor_views import find_links, upload_image
from articles.external_links.stored import report_on
from articles.feedback import heard_of
from articles.forms import ArticleForm, PublicTextField, slug_of
from articles.models import Article, CrossLink, Revision
from articles.models.article import desk_address
from articles.preview import preview
from articles.publishing import (
    LOOK,
    create_article,
    faults_of,
    inspect,
    save_revision,
)
from articles.review_links import invitations_to
from articles.reviewing import set_review_interval
from articles.standing import (
    comments_on,
    history_of,
    leading_to,
    standing_of,
)
from articles.together import as_stored
from directory.admin.deleting import DeletingAdmin
from directory.admin.made_up import made_up
from directory.admin.signed_in import signed_in

NO_NEW_TEXT = (
    "The note and the day of “updated on” were not stored: they belong to a new text, "
    "and nothing of the text was changed."
)

SAVED = "Saved. Readers see the text they saw before."
SAVED_UNSEEN = "Saved. Readers see nothing of it until it is published."
LOOK_AGAIN = "The text changed after you ticked “I looked at this”: look again."


def _stored_already(request: HttpRequest) -> Article | None:
    """Return the new guide that the first of two clicks on the button has stored."""
    user = User.objects.select_for_update(no_key=True).get(pk=signed_in(request).pk)
    slug = slug_of(request.POST)
    title, source = (
        as_stored(request.POST.get(name, "")) for name in ("title", "source")
    )
    if "\0" in f"{slug}{title}{source}":
        return None  # no row has it, and the database refuses the question
    texts = Revision.objects.filter(
        article__slug=slug, number=1, title=title, source=source, created_by=user
    )
    first = texts.select_related("article").first()
    return first.article if first else None


class PublicFilter(admin.SimpleListFilter):
    """Public or not."""

    title = "public"
    parameter_name = "public"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer both sides."""
        return [("1", "Public"), ("0", "Not public")]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[Article]
    ) -> models.QuerySet[Article]:
        """Apply the choice."""
        if self.value() not in {"0", "1"}:
            return queryset
        public = Article.objects.published()
        if self.value() == "1":
            return queryset.filter(pk__in=public)
        return queryset.exclude(pk__in=public)


@admin.register(Article)
class ArticleAdmin(DeletingAdmin):
    """A guide's address with its newest text; every save is a new revision."""

    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    list_display = ["headline", "slug", "kind", "is_public", "public_since", made_up]
    list_filter = [PublicFilter, "kind", "topics", "is_demo"]
    search_fields = ["slug", "revisions__title"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "kind", "description", "topics"]}),
        ("Text", {"fields": ["source", "base_number", "base_article"]}),
        (
            "By whom, from what",
            {"fields": ["author", "sources", "updated_on", "review_months", "note"]},
        ),
    ]
    # What those see who act on texts and do not write them; the text itself they read.
    reading_fieldsets = [
        (None, {"fields": ["slug", "kind", "topics", "review_months"]}),
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Article]:
        """Join what readers see: the list names it."""
        return Article.objects.with_current().with_desk_title()

    @admin.display(description="title", ordering="desk_title")
    def headline(self, article: Article) -> str | None:
        """Show the public title, or the newest."""
        return article.desk_title

    @admin.display(boolean=True, description="public")
    def is_public(self, article: Article) -> bool:
        """Whether readers can open it."""
        return article.current is not None

    @admin.display(description="this text since")
    def public_since(self, article: Article) -> Any:
        """Show since when readers see the public text."""
        return article.current and timezone.localdate(article.current.public_from)

    def view_on_site(self, obj: Article) -> str | None:
        """Offer the public page where there is one."""
        return obj.get_absolute_url() if obj.current else None

    def get_urls(self) -> list[URLPattern]:
        """Add what the editor's aids ask for, behind the admin's own login."""
        views: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "preview": ("preview/", preview),
            "links": ("links/", find_links),
            "images": ("images/", upload_image),
            "wanted": ("wanted/", self.wanted_view),
            "autosave": ("autosave/", keep_view),
            "autosave_discard": ("autosave_discard/", discard_view),
            "step": ("<int:pk>/step/<slug:name>/", step_view),
            "read": ("<int:pk>/read/<int:number>/", read_view),
            "compare": ("<int:pk>/compare/", compare_view),
            "compare_typed": ("<int:pk>/compare/typed/", compare_typed_view),
            "compare_draft": ("<int:pk>/compare/draft/", compare_kept_view),
            "restore": ("<int:pk>/restore/<int:number>/", restore_view),
        }
        wrap = self.admin_site.admin_view
        ours = [
            path(address, wrap(view), name=f"articles_article_{name}")
            for name, (address, view) in views.items()
        ]
        return [*ours, *super().get_urls()]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> list[str]:
        """Keep a kind once stored: it is a part of the address."""
        return ["kind"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Offer the text's fields only to those who write."""
        if obj and not self.has_change_permission(request, obj):
            return self.reading_fieldsets
        return super().get_fieldsets(request, obj)

    def get_form(
        self,
        request: HttpRequest,
        obj: Article | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Go on with the editor's own draft where ``?draft`` asks for it."""
        form = super().get_form(request, obj, change, **kwargs)
        if request.method == "GET" and "draft" in request.GET:
            row = kept_for(signed_in(request), obj)
            initial = initial_from(row) if row else {}
            return type(form.__name__, (form,), {"draft_initial": initial})
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show where the text stands and its history beside the form."""
        article = self.get_object(request, object_id) if object_id else None
        if object_id and article is None and request.method == "POST":
            raise Http404  # not_taken.py shows what was typed
        standing = standing_of(article) if article else None
        latest = standing.latest if standing else None
        context = {
            "verdict": inspect(latest) if latest else None,
            "sent_looks": ticked(request.POST),  # of a save that was refused
            "links": report_on(latest) if latest else None,
            "latest": latest,
            "subtitle": latest.title if latest else article and article.slug,
            "standing": standing,
            "asked": standing.asked if standing else None,
            "comments": comments_on(latest) if latest else [],
            "steps": offered_steps(standing, signed_in(request)) if standing else [],
            "doubtful": latest.doubtful_sources() if latest else [],
            "revisions": history_of(article) if article else [],
            "invitations": invitations_to(article) if article else [],
            "linking": linking_articles(article) if article else [],
            "heard": heard_of(article) if article and article.current else None,
            "may_publish": request.user.has_perm("articles.publish_article"),
            "show_save_and_add_another": False,
            **draft_context(request, article, latest),
            **(extra_context or {}),
        }
        with transaction.atomic():
            # of two saves at once the second sees what the first stored
            if article and request.method == "POST":
                Article.objects.select_for_update().get(pk=article.pk)
            elif request.method == "POST" and (stored := _stored_already(request)):
                return self.response_add(request, stored)
            return super().changeform_view(request, object_id, form_url, context)

    def save_model(
        self, request: HttpRequest, obj: Article, form: Any, change: bool
    ) -> None:
        """Store the address, then the text as a new revision if it changed."""
        if change:
            slug, obj.slug = obj.slug, form.initial["slug"]
            rename_article(article=obj, slug=slug, by=signed_in(request))
            set_review_interval(
                article=obj, months=obj.review_months, by=signed_in(request)
            )
        else:
            create_article(article=obj, by=signed_in(request))
        if form.has_new_text():
            save_revision(article=obj, draft=form.draft(), by=signed_in(request))
        elif form.is_about_no_text():
            messages.warning(request, NO_NEW_TEXT)
        if change and obj.current and {"slug", "topics"} & set(form.changed_data):
            messages.info(request, "Readers have its new address and topics at once.")
        discard(
            article=obj if change else None,
            windows=[request.POST.get(name, "") for name in ("window", "over")],
            by=signed_in(request),
        )
        self._keep_looks(request, obj)

    def _keep_looks(self, request: HttpRequest, article: Article) -> None:
        """Keep the ticks beside the checks; those made at another text count not."""
        looks = ticked(request.POST)
        revision = article.latest_revision()
        if not looks or revision is None:
            return
        if is_about(request.POST, revision):
            acknowledge(revision=revision, looks=looks, by=signed_in(request))
        else:
            reasons = " ".join(
                f"You wrote: “{each}”" for each in looks.values() if each
            )
            messages.warning(request, f"{LOOK_AGAIN} {reasons}".strip())

    def goes_how(self, target: Article) -> str:
        """Say that its texts go too, and what would keep them."""
        how = "It is deleted with all its revisions; this cannot be undone."
        keeps = "Readers can open it now: withdrawing it keeps its texts."
        return f"{how} {keeps}" if target.current else how

    def seen(self, target: Article) -> str:
        """Return which text is its newest, and what was decided for readers."""
        standing = standing_of(target)
        number = standing.latest.number if standing.latest else 0
        return f"{number} {standing.decided}".strip()

    def linking(self, target: Article) -> list[Article]:
        """Return the other public guides that link to one."""
        return linking_articles(target)

    def leading(self, target: Article) -> list[str]:
        """Name the guides that this one takes the place of."""
        return leading_to(target)

    def replacement_field(self, target: Article) -> forms.Field:
        """Offer the other public texts of its kind by title."""
        return PublicTextField(
            target.other_public_texts(),
            label="Its addresses and links lead to",
            required=False,
            to_field_name="slug",
        )

    def carry_out(self, target: Article, replacement: Article | None, by: User) -> None:
        """Delete a guide with all its texts."""
        delete_article(article=target, replacement=replacement, by=by)

    def wanted_view(self, request: HttpRequest) -> HttpResponse:
        """List guides that texts link to and that nobody wrote yet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Wanted guides",
            "wanted": CrossLink.objects.wanted(),
            "may_add": self.has_add_permission(request),
        }
        return render(request, "admin/articles/article/wanted.html", context)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Stay on the guide, or go to the step whose button was pressed."""
        is_known = obj.publications.begun().exists()
        messages.success(request, SAVED if is_known else SAVED_UNSEEN)
        latest = obj.latest_revision()
        for notice in inspect(latest).notices if latest else []:
            messages.warning(request, f"{LOOK}: {notice}")
        if "_send" in request.POST:
            return redirect("admin:articles_article_step", obj.pk, "send")
        if "_publish" in request.POST and latest:
            faults = faults_of(latest, by=signed_in(request))
            if not faults:
                return redirect("admin:articles_article_step", obj.pk, "publish")
            messages.error(request, "Not published. These keep the text from readers:")
            for fault in faults:
                messages.error(request, fault)
        return redirect(desk_address(obj.pk))

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Do the same after a later save."""
        return self.response_add(request, obj)
