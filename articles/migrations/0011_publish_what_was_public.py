"""Public texts become publications, recorded reviews become sign-offs."""

import datetime

from django.db import migrations


def publish_what_was_public(apps, schema_editor):
    """A guide that no clinician with a credential had reviewed becomes a draft."""
    article_model = apps.get_model("articles", "Article")
    sign_off_model = apps.get_model("articles", "SignOff")
    publication_model = apps.get_model("articles", "Publication")
    public = article_model.objects.filter(published_revision__isnull=False)
    for article in public.select_related("published_revision__reviewer"):
        revision = article.published_revision
        reviewer = revision.reviewer
        sign_off = None
        if reviewer and reviewer.credential:
            sign_off = sign_off_model.objects.create(
                revision=revision,
                digest=revision.digest,
                author_key=revision.author_key,
                writer_key=revision.writer_key,
                reviewer=reviewer,
                credential=reviewer.credential,
                signed_on=revision.reviewed_on,
                way="file",
            )
        if sign_off or article.kind == "page":
            midnight = datetime.datetime.combine(
                article.published_on, datetime.time(), datetime.UTC
            )
            publication_model.objects.create(
                article=article,
                kind=article.kind,
                revision=revision,
                digest=revision.digest,
                sign_off=sign_off,
                public_from=midnight,
            )


def name_what_is_public(apps, schema_editor):
    """The way back keeps the current texts, their reviewers and their dates."""
    publications = apps.get_model("articles", "Publication").objects
    now = datetime.datetime.now(datetime.UTC)
    for publication in publications.filter(during__contains=now).select_related(
        "article", "revision", "sign_off"
    ):
        if publication.sign_off:
            publication.revision.reviewer_id = publication.sign_off.reviewer_id
            publication.revision.reviewed_on = publication.sign_off.signed_on
            publication.revision.save(update_fields=["reviewer", "reviewed_on"])
        publication.article.published_revision = publication.revision
        publication.article.published_on = publication.public_from.date()
        publication.article.save(update_fields=["published_revision", "published_on"])


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_publication_gate"),
    ]

    operations = [
        migrations.RunPython(publish_what_was_public, name_what_is_public),
    ]
