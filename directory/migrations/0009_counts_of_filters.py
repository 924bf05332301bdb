from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0008_listing")]

    operations = [
        migrations.AddField(
            model_name="practitionercount",
            name="at_teaching_hospital",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="practitionercount",
            name="physicians",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="practitionercount",
            name="with_telehealth",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
