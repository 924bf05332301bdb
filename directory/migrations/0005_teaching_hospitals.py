from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0004_import_run")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="is_teaching",
            field=models.BooleanField(
                blank=True,
                help_text="A major teaching hospital; blank: not known.",
                null=True,
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "hospital"), ("is_teaching", None), _connector="OR"
                ),
                name="organization_teaching_is_a_hospitals",
            ),
        ),
    ]
