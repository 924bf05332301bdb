"""Sources are withdrawn and superseded, and guides that cite them flagged."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0013_review_interval"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                help_text="What took the place of a superseded source.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="predecessors",
                to="articles.source",
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="standing",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "In force"),
                    ("withdrawn", "Withdrawn"),
                    ("superseded", "Superseded"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="source",
            name="standing_note",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="source",
            name="standing_since",
            field=models.DateField(
                blank=True, help_text="When it was withdrawn or superseded.", null=True
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("standing", ""),
                        ("standing_note", ""),
                        ("standing_since", None),
                        ("successor", None),
                    ),
                    models.Q(
                        ("standing", "withdrawn"),
                        ("standing_since__isnull", False),
                        ("successor", None),
                    ),
                    models.Q(
                        ("standing", "superseded"), ("standing_since__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="source_standing_has_a_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("successor", None),
                    models.Q(("successor", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="source_successor_is_another",
            ),
        ),
    ]
