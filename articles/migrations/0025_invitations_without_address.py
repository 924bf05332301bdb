"""An invited reviewer's address is deleted some time after the link has ended."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0024_review_reminders"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="reviewinvitation",
            name="reviewinvitation_words_present",
        ),
        migrations.AlterField(
            model_name="reviewinvitation",
            name="email",
            field=models.EmailField(
                blank=True,
                help_text="Deleted some time after the link has ended.",
                max_length=254,
                verbose_name="e-mail",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True),
                    models.Q(("credential", ""), _negated=True),
                ),
                name="reviewinvitation_words_present",
            ),
        ),
    ]
