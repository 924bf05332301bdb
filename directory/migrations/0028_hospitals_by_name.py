from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0027_one_way_to_write_a_street"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="organization",
            index=models.Index(
                condition=models.Q(("kind", "hospital")),
                fields=["sort_key"],
                name="organization_hospitals_by_name",
            ),
        ),
    ]
