"""How often a guide is reviewed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_drop_published_revision"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="review_months",
            field=models.PositiveSmallIntegerField(
                default=12,
                help_text="Months after a medical review until the next one is due.",
                verbose_name="review every",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_months__range", (1, 60))),
                name="article_review_months_range",
            ),
        ),
    ]
