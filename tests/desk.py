"""A desk with something of everything, and the addresses of its pages."""

import datetime
import re
from collections.abc import Iterable

from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.housekeeping import Part, keep_house
from articles.models import Article, Contributor, ExternalLink, Source, Topic
from articles.reminders import remind
from articles.reviewing import send_for_review
from directory.models import (
    Correction,
    ErrorReport,
    ImportRun,
    RefusedRow,
    UnmappedSpecialty,
)
from tests.articles.by_link import ask_for_review
from tests.articles.factories import (
    make_draft,
    make_guide,
    make_revision,
    make_source,
    make_topic,
    make_user,
    sign,
    take_back,
)
from tests.factories import (
    count_doctors,
    make_doctor,
    make_hospital,
    make_specialization,
)

FORMS = {Article, Contributor, Correction, Source, Topic}
LONG_AGO = datetime.date(2025, 1, 1)
LINKED = (
    "Take it easy, see [hips](article:hips) and [toes](article:toes), "
    "or [a study](https://example.org/gone)."
)


def confirmation(
    client: Client, address: str, chosen: dict[str, object] | None = None
) -> dict[str, object]:
    """Return what the page sends that asks before something, or several, is deleted."""
    page = client.post(address, chosen) if chosen else client.get(address)
    pairs = re.findall(
        r'type="hidden" name="(post|base_seen)" value="(.*?)"', page.text
    )
    assert [name for name, _ in pairs] == ["post", "base_seen"]
    return (chosen or {}) | dict(pairs)


def fill_the_directory() -> None:
    cardiology = make_specialization()
    hospital, number = make_hospital(), make_hospital(is_stub=True)
    doctor = make_doctor(
        does=(cardiology,), at=(hospital.location,), hospitals=(number,)
    )
    run = ImportRun.objects.create(
        dataset="doctors", version="2026-10", file_name="f.csv", state="failed"
    )
    RefusedRow.objects.create(run=run, line=3, reason="No NPI", text="a,b")
    UnmappedSpecialty.objects.create(published="HEART MEDICINE", clinicians=12)
    cardiology.codes.create(system="cms-specialty", code="HEARTS", is_by_hand=True)
    ErrorReport.objects.create(practitioner=doctor, kind="phone", words="Wrong.")
    Correction.objects.create(
        practitioner=doctor,
        field="credential",
        value="MD",
        corrected_on=timezone.localdate(),
    )
    count_doctors()


def fill_the_desk() -> Article:
    """Return a guide with everything: topics, sources, texts, links, what was said."""
    topics = [make_topic(f"Topic {number}") for number in range(14)]
    sources = [make_source(f"study-{number}") for number in range(14)]
    sources[0].standing, sources[0].standing_since = "withdrawn", timezone.localdate()
    sources[0].save()
    guide = make_guide("knees", "Take it eazy.", sources=sources[:2])
    make_guide("hips", "See [knees](article:knees).", reviewed_on=LONG_AGO)
    guide.topics.set(topics[:2])
    ask_for_review(make_revision(guide, "Take it easy."))
    newest = make_revision(guide, LINKED, sources=sources[:2])
    send_for_review(revision=newest, by=None, words="A typo.", is_wording_only=True)
    ExternalLink.objects.update(
        answer="404",
        strikes=2,
        first_failed_at=timezone.now(),
        checked_at=timezone.now(),
    )
    guide.mistake_reports.create(words="The dose is wrong.")
    guide.helpful_answers.create(is_helpful=False, reason="hard")
    make_user("Editor-in-chief", email="ina@example.org")
    remind(timezone.localdate())
    keep_house([Part("Review reminders", lambda: "2 mails sent.")])
    return guide


def own_pages(guide: Article) -> list[str]:
    """Return the pages of our own templates, with all steps that a guide can take."""
    draft = make_draft("shins", "See [knees](article:knees).")
    ready = make_draft("heels", "Words.")
    sign(ready.latest_revision())
    gone = make_guide("elbows")
    take_back(gone)
    planned = make_guide("wrists")
    take_back(planned, at=timezone.now() + datetime.timedelta(days=2))
    steps = {
        guide: ("ask", "confirm", "sign", "withdraw", "withdraw-link", "revoke"),
        draft: ("send", "link"),
        ready: ("publish",),
        planned: ("cancel",),
    }
    base = reverse("admin:articles_article_changelist")
    return [
        reverse("admin:index"),
        reverse("admin:articles_article_wanted"),
        f"{base}{guide.pk}/compare/?older=1&newer=3",
        f"{base}{guide.pk}/restore/1/",
        f"{base}{guide.pk}/read/3/",
        f"{base}{gone.pk}/change/",
        *(
            f"{base}{article.pk}/step/{name}/"
            for article, names in steps.items()
            for name in names
        ),
    ]


def our_models() -> list[type[Model]]:
    """Return all models of ours that the admin knows."""
    return [
        model
        for model in admin.site._registry
        if model._meta.app_label in {"articles", "directory"}
    ]


def pages_of(models: Iterable[type[Model]]) -> list[str]:
    """Return list, form and what else the admin has of each model."""
    pages = []
    for model in models:
        its_admin = admin.site._registry[model]
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        pages.append(reverse(f"{name}_changelist"))
        row = its_admin.get_queryset(None).order_by("pk").first()
        assert row, f"no {model.__name__} to look at"
        pages.append(reverse(f"{name}_change", args=[row.pk]))
        if model in FORMS:
            pages.append(reverse(f"{name}_add"))
            pages.append(reverse(f"{name}_delete", args=[row.pk]))
            pages.append(reverse(f"{name}_history", args=[row.pk]))
    return pages
