import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0023_corrections_of_practices")]

    operations = [
        migrations.AlterField(
            model_name="location",
            name="place",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="locations",
                to="directory.place",
            ),
        ),
    ]
