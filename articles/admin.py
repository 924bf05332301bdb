"""Where editors write, check and publish."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join

from articles.addresses import (
    delete_article,
    linking_articles,
    rename_article,
    rename_topic,
)
from articles.editor_views import find_links, upload_image
from articles.external_links import report_on
from articles.forms import ArticleForm
from articles.models import Article, Contributor, CrossLink, ExternalLink, Source, Topic
from articles.preview import preview
from articles.publishing import (
    Findings,
    NotPublishableError,
    create_article,
    inspect,
    publish,
    save_revision,
    unpublish,
)
from directory.deletion import StillLinkedError


def signed_in(request: HttpRequest) -> User:
    """Return who acts; the admin lets nobody anonymous in."""
    return cast("User", request.user)


def may_review(request: HttpRequest) -> bool:
    """Whether the one who acts may record a medical review."""
    return signed_in(request).has_perm("articles.review_article")


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
        return queryset.filter(published_revision__isnull=self.value() == "0")


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    """A guide's address with its newest text; every save is a new revision."""

    form = ArticleForm
    change_form_template = "admin/articles/article/change_form.html"
    list_display = ["slug", "headline", "kind", "is_public", "published_on", "is_demo"]
    list_filter = [PublicFilter, "kind", "topics", "is_demo"]
    list_select_related = ["published_revision"]
    search_fields = ["slug", "revisions__title"]
    autocomplete_fields = ["topics"]
    actions = None  # a guide is deleted on its own page, which looks at the links
    fieldsets = [
        (None, {"fields": ["title", "slug", "kind", "description", "topics"]}),
        ("Text", {"fields": ["source", "base_number"]}),
        ("By whom, from what", {"fields": ["author", "sources", "updated_on", "note"]}),
        (
            "Medical review of exactly this text",
            {"fields": ["reviewer", "reviewed_on"]},
        ),
    ]

    @admin.display(description="title")
    def headline(self, article: Article) -> str:
        """Show the public title, or the newest."""
        return article.title

    @admin.display(boolean=True, description="public")
    def is_public(self, article: Article) -> bool:
        """Whether readers can open it."""
        return article.published_revision_id is not None

    def view_on_site(self, obj: Article) -> str | None:
        """Offer the public page where there is one."""
        return obj.get_absolute_url() if obj.published_revision_id else None

    def get_urls(self) -> list[URLPattern]:
        """Add what the editor's aids ask for, behind the admin's own login."""
        views = {
            "preview": preview,
            "links": find_links,
            "images": upload_image,
            "wanted": self.wanted_view,
        }
        wrap = self.admin_site.admin_view
        return [
            *(
                path(f"{name}/", wrap(view), name=f"articles_article_{name}")
                for name, view in views.items()
            ),
            *super().get_urls(),
        ]

    def get_readonly_fields(
        self, request: HttpRequest, obj: Article | None = None
    ) -> list[str]:
        """Keep a kind once stored: it is a part of the address."""
        return ["kind"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        """Offer the review only to those who may record one."""
        fieldsets = list(super().get_fieldsets(request, obj))
        return fieldsets if may_review(request) else fieldsets[:-1]

    def get_form(
        self,
        request: HttpRequest,
        obj: Article | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Leave the review's fields out where they are not offered."""
        form = super().get_form(request, obj, change, **kwargs)
        if not may_review(request):
            for name in ("reviewer", "reviewed_on"):
                form.base_fields.pop(name)
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the findings of the stored text and its history beside the form."""
        article = self.get_object(request, object_id) if object_id else None
        latest = article.latest_revision() if article else None
        context = {
            "findings": inspect(latest) if latest else Findings([], []),
            "links": report_on(latest) if latest else None,
            "latest": latest,
            "revisions": self._history(article),
            "linking": linking_articles(article) if article else [],
            "may_publish": request.user.has_perm("articles.publish_article"),
            "show_save_and_add_another": False,
            **(extra_context or {}),
        }
        return super().changeform_view(request, object_id, form_url, context)

    def _history(self, article: Article | None) -> Any:
        if article is None:
            return []
        related = ("created_by", "reviewer", "published_as")
        return article.revisions.select_related(*related).order_by("-number")[:20]

    def save_model(
        self, request: HttpRequest, obj: Article, form: Any, change: bool
    ) -> None:
        """Store the address, then the text as a new revision if it changed."""
        if change:
            slug, obj.slug = obj.slug, form.initial["slug"]
            rename_article(article=obj, slug=slug, by=signed_in(request))
        else:
            create_article(article=obj, by=signed_in(request))
        if form.has_new_text():
            save_revision(article=obj, draft=form.draft(), by=signed_in(request))

    def delete_view(
        self,
        request: HttpRequest,
        object_id: str,
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Delete a guide nobody links to, or lead its links elsewhere first."""
        article = self.get_object(request, object_id)
        if article is None:
            raise Http404
        if not self.has_delete_permission(request, article):
            raise PermissionDenied
        if request.method == "POST" and self._delete(request, article):
            return redirect("admin:articles_article_changelist")
        others = Article.objects.published().filter(kind=article.kind)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Delete {article.slug}",
            "opts": self.opts,
            "article": article,
            "linking": linking_articles(article),
            "replacements": others.exclude(pk=article.pk).for_cards(),
        }
        return render(request, "admin/articles/article/delete.html", context)

    def _delete(self, request: HttpRequest, article: Article) -> bool:
        """Carry the form out; say what keeps it from being done."""
        slug = request.POST.get("replacement", "")
        others = Article.objects.published().filter(kind=article.kind)
        replacement = others.filter(slug=slug).exclude(pk=article.pk).first()
        if slug and replacement is None:
            messages.error(request, "That guide is not public: choose another one.")
            return False
        name = article.slug
        try:
            delete_article(
                article=article, replacement=replacement, by=signed_in(request)
            )
        except StillLinkedError:
            messages.error(request, "Not deleted: choose where its links lead to.")
            return False
        messages.success(request, f"{name} is deleted.")
        return True

    def wanted_view(self, request: HttpRequest) -> HttpResponse:
        """List guides that texts link to and that nobody wrote yet."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": "Wanted guides",
            "opts": self.opts,
            "wanted": CrossLink.objects.wanted(),
            "may_add": self.has_add_permission(request),
        }
        return render(request, "admin/articles/article/wanted.html", context)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Stay on the guide, so that nothing has to be found again."""
        return self._respond(request, obj)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        """Stay on the guide unless the plain save button asked for the list."""
        return self._respond(request, obj)

    def _respond(self, request: HttpRequest, article: Article) -> HttpResponse:
        """Carry out the button that was pressed; the text is stored already."""
        try:
            if "_publish" in request.POST:
                self._publish(request, article)
            elif "_unpublish" in request.POST:
                unpublish(article=article, by=signed_in(request))
                messages.success(request, "Taken back. Links to it are plain text now.")
            else:
                messages.success(request, "Saved. Readers see what they saw before.")
        except PermissionDenied:
            messages.error(request, "Saved, but you may not change what is public.")
        latest = article.latest_revision()
        for notice in inspect(latest).notices if latest else []:
            messages.warning(request, notice)
        return HttpResponseRedirect(
            reverse("admin:articles_article_change", args=[article.pk])
        )

    def _publish(self, request: HttpRequest, article: Article) -> None:
        revision = article.latest_revision()
        assert revision is not None  # noqa: S101 a saved guide has a text
        try:
            publish(revision=revision, by=signed_in(request), on=timezone.localdate())
        except NotPublishableError as error:
            messages.error(request, "Saved, but not published. Mend these first:")
            for message in error.messages:
                messages.error(request, message)
        else:
            messages.success(request, "Published. Readers see this text now.")


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """Subjects to browse by."""

    list_display = ["name", "slug", "description"]
    search_fields = ["name", "slug"]

    def save_model(
        self, request: HttpRequest, obj: Topic, form: Any, change: bool
    ) -> None:
        """Keep the address that a topic had."""
        slug, obj.slug = obj.slug, form.initial.get("slug", obj.slug)
        super().save_model(request, obj, form, change)
        rename_topic(topic=obj, slug=slug, by=signed_in(request))


@admin.register(Contributor)
class ContributorAdmin(admin.ModelAdmin):
    """Authors and reviewers."""

    list_display = ["name", "credential", "role", "is_demo"]
    search_fields = ["name", "slug"]
    raw_id_fields = ["user"]


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    """What guides cite."""

    list_display = ["key", "title", "publisher", "year", "is_demo"]
    list_filter = ["is_demo"]
    search_fields = ["key", "title", "authors", "publisher"]


class BrokenFilter(admin.SimpleListFilter):
    """Broken or not."""

    title = "broken"
    parameter_name = "broken"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Offer what an editor comes for."""
        return [("1", "Broken")]

    def queryset(
        self, request: HttpRequest, queryset: models.QuerySet[ExternalLink]
    ) -> models.QuerySet[ExternalLink]:
        """Apply the choice."""
        broken = ExternalLink.objects.broken()
        return queryset.filter(pk__in=broken) if self.value() == "1" else queryset


@admin.register(ExternalLink)
class ExternalLinkAdmin(admin.ModelAdmin):
    """Where texts lead outside and how that answered; nobody edits it."""

    list_display = ["url", "said", "first_failed_at", "checked_at", "is_broken"]
    list_filter = [BrokenFilter]
    search_fields = ["url"]
    fields = [
        "url",
        "said",
        "first_failed_at",
        "checked_at",
        "is_broken",
        "public_texts",
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[ExternalLink]:
        """Leave out what stands in old texts only."""
        return ExternalLink.objects.in_use()

    @admin.display(description="answer")
    def said(self, link: ExternalLink) -> str:
        """Show the last answer in words."""
        return link.answer_in_words or "not asked yet"

    @admin.display(description="broken", boolean=True)
    def is_broken(self, link: ExternalLink) -> bool:
        """Whether it failed twice, a day apart."""
        return link.is_broken

    @admin.display(description="public texts with it")
    def public_texts(self, link: ExternalLink) -> str:
        """Lead to each text that readers see and that has this link."""
        name = "admin:articles_article_change"
        return format_html_join(
            ", ",
            '<a href="{}">{}</a>',
            (
                (reverse(name, args=[article.pk]), article.title)
                for article in link.public_articles().for_cards()
            ),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Links come from texts alone."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: ExternalLink | None = None
    ) -> bool:
        """Answers come from check_links alone."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: ExternalLink | None = None
    ) -> bool:
        """Let nobody delete what texts still have."""
        return False
