"""An article can only publish a revision of its own: a composite foreign key.

Django declares no composite foreign keys, so this rule is written in SQL.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=[
                "ALTER TABLE articles_revision ADD CONSTRAINT revision_of_article"
                " UNIQUE (id, article_id)",
                "ALTER TABLE articles_article"
                " ADD CONSTRAINT article_publishes_its_own_revision"
                " FOREIGN KEY (published_revision_id, id)"
                " REFERENCES articles_revision (id, article_id)"
                " DEFERRABLE INITIALLY DEFERRED",
            ],
            reverse_sql=[
                "ALTER TABLE articles_article"
                " DROP CONSTRAINT article_publishes_its_own_revision",
                "ALTER TABLE articles_revision DROP CONSTRAINT revision_of_article",
            ],
        )
    ]
