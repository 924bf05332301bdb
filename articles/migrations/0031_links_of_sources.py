import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0030_day_of_the_medical_review"),
    ]

    operations = [
        migrations.AddField(
            model_name="source",
            name="external_link",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                help_text="Its link as check_links asks it.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="sources",
                to="articles.externallink",
            ),
        ),
    ]
