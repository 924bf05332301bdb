from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0006_zip_codes")]

    operations = [
        migrations.AlterField(
            model_name="practitioner",
            name="sort_key",
            field=models.CharField(
                db_collation="C",
                help_text="Unaccented lower-case last, first, middle name.",
                max_length=200,
            ),
        ),
    ]
