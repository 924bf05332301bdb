import re
from typing import Any

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

WHOLE_TEXT = "Medical content of the whole text"
COMPARED_WITH = re.compile(r"Wording, compared with revision (\d+)")


def name_reviews(apps: Any, schema_editor: Any) -> None:
    """Let each confirmation of wording name the review of the text it compared with.

    One of the whole text, if there was one. Of what was taken back since nothing is
    left to rest on: readers are told of the wording alone, as of any part.
    """
    rows = apps.get_model("articles", "SignOff").objects.select_related("revision")
    made = rows.exclude(rests_on=None).order_by("revision__number", "pk")
    for confirmation in made:
        found = COMPARED_WITH.fullmatch(confirmation.scope)
        before = rows.filter(
            revision__article=confirmation.revision.article_id,
            revision__number=int(found[1]) if found else 0,
            revoked_at=None,
        )
        reviews = [each.earlier_review or each for each in before]
        review = max(
            reviews,
            key=lambda each: (each.scope == WHOLE_TEXT, each.signed_on),
            default=None,
        )
        confirmation.earlier_review = review
        confirmation.rests_on = review and min(review.signed_on, confirmation.signed_on)
        confirmation.save(update_fields=["earlier_review", "rests_on"])


# What readers see now, or will, tells of the sign-off that covers most, then of the
# newest: as widest_first() has it.
TELL_THE_WIDEST = """
    UPDATE articles_publication AS publication SET sign_off_id = widest.id
    FROM (
        SELECT DISTINCT ON (made.revision_id) made.id, made.revision_id
        FROM articles_signoff AS made
        LEFT JOIN articles_signoff AS earlier ON earlier.id = made.earlier_review_id
        WHERE made.revoked_at IS NULL
        ORDER BY made.revision_id,
            coalesce(earlier.scope, made.scope) = 'Medical content of the whole text'
                DESC,
            made.reviewed_on DESC, made.signed_on DESC, made.id DESC
    ) AS widest
    WHERE widest.revision_id = publication.revision_id
      AND widest.id <> publication.sign_off_id
      AND NOT publication.sign_off_is_revoked
      AND coalesce(publication.public_until, 'infinity') > now()
"""


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0032_words_of_texts"),
    ]

    operations = [
        migrations.AddField(
            model_name="signoff",
            name="earlier_review",
            field=models.ForeignKey(
                blank=True,
                help_text="The medical review before, where this confirms the wording "
                "alone.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="confirmations",
                to="articles.signoff",
            ),
        ),
        migrations.AlterField(
            model_name="signoff",
            name="rests_on",
            field=models.DateField(
                blank=True, help_text="The day of that earlier review.", null=True
            ),
        ),
        migrations.RunPython(name_reviews, migrations.RunPython.noop),
        migrations.RunSQL(
            [TELL_THE_WIDEST, "SET CONSTRAINTS ALL IMMEDIATE"], migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            model_name="signoff",
            constraint=models.CheckConstraint(
                condition=Q(earlier_review=None, rests_on=None)
                | Q(earlier_review__isnull=False, rests_on__isnull=False),
                name="signoff_earlier_review_paired",
            ),
        ),
    ]
