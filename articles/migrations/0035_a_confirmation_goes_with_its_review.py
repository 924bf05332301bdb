import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0034_no_confirmation_outlives_its_review"),
    ]

    operations = [
        migrations.AlterField(
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
    ]
