"""What is public and who reviewed it is told by publications alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_publish_what_was_public"),
    ]

    operations = [
        migrations.RunSQL(
            sql=[
                "ALTER TABLE articles_article"
                " DROP CONSTRAINT article_publishes_its_own_revision",
            ],
            reverse_sql=[
                "ALTER TABLE articles_article"
                " ADD CONSTRAINT article_publishes_its_own_revision"
                " FOREIGN KEY (published_revision_id, id)"
                " REFERENCES articles_revision (id, article_id)"
                " DEFERRABLE INITIALLY DEFERRED",
            ],
        ),
        migrations.RemoveConstraint(
            model_name="article",
            name="article_public_has_a_date",
        ),
        migrations.RemoveConstraint(
            model_name="revision",
            name="revision_review_paired",
        ),
        migrations.RemoveConstraint(
            model_name="revision",
            name="revision_reviewer_is_not_author",
        ),
        migrations.RemoveField(
            model_name="article",
            name="published_on",
        ),
        migrations.RemoveField(
            model_name="article",
            name="published_revision",
        ),
        migrations.RemoveField(
            model_name="revision",
            name="reviewed_on",
        ),
        migrations.RemoveField(
            model_name="revision",
            name="reviewer",
        ),
    ]
