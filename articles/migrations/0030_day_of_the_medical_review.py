from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

# A confirmation of the wording rests on the newest sign-off of an earlier text of the
# guide that was none itself.
REST = """
    UPDATE articles_signoff AS made SET rests_on = earlier.rests_on
    FROM (
        SELECT confirmation.id, max(least(review.signed_on, confirmation.signed_on))
                   AS rests_on
        FROM articles_signoff AS confirmation
        JOIN articles_revision AS text ON text.id = confirmation.revision_id
        JOIN articles_revision AS before
          ON before.article_id = text.article_id AND before.number < text.number
        JOIN articles_signoff AS review ON review.revision_id = before.id
        WHERE confirmation.scope LIKE 'Wording, compared with revision %'
          AND review.scope NOT LIKE 'Wording, compared with revision %'
          AND review.revoked_at IS NULL
        GROUP BY confirmation.id
    ) AS earlier
    WHERE earlier.id = made.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0029_practitioners_can_be_swapped"),
    ]

    operations = [
        migrations.AddField(
            model_name="signoff",
            name="rests_on",
            field=models.DateField(
                blank=True,
                help_text="The day of the medical review before, where this confirms "
                "the wording alone.",
                null=True,
            ),
        ),
        migrations.RunSQL(
            [REST, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop
        ),
        migrations.AddField(
            model_name="signoff",
            name="reviewed_on",
            field=models.GeneratedField(
                db_persist=True,
                expression=Coalesce("rests_on", "signed_on"),
                help_text="The day of the medical review: the next one is counted from "
                "there.",
                output_field=models.DateField(),
            ),
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=Q(rests_on=None) | Q(rests_on__lte=F("signed_on")),
                name="signoff_rests_on_earlier_review",
            ),
        ),
    ]
