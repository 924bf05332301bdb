from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directory", "0005_teaching_hospitals")]

    operations = [
        migrations.AlterField(
            model_name="importrun",
            name="dataset",
            field=models.CharField(
                choices=[
                    ("zip-codes", "Census ZIP code areas"),
                    ("specializations", "Our tree of specializations"),
                    ("hospitals", "CMS Hospital General Information"),
                    ("doctors", "CMS Doctors and Clinicians"),
                    ("affiliations", "CMS Facility Affiliation"),
                    ("nppes", "NPPES provider file"),
                    ("systems", "AHRQ Compendium hospital linkage"),
                    ("taxonomy", "Provider taxonomy codes"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="sourcerelease",
            name="dataset",
            field=models.CharField(
                choices=[
                    ("zip-codes", "Census ZIP code areas"),
                    ("specializations", "Our tree of specializations"),
                    ("hospitals", "CMS Hospital General Information"),
                    ("doctors", "CMS Doctors and Clinicians"),
                    ("affiliations", "CMS Facility Affiliation"),
                    ("nppes", "NPPES provider file"),
                    ("systems", "AHRQ Compendium hospital linkage"),
                    ("taxonomy", "Provider taxonomy codes"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="ZipCode",
            fields=[
                (
                    "zip_code",
                    models.CharField(
                        max_length=5,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ZIP code",
                    ),
                ),
                ("latitude", models.FloatField()),
                ("longitude", models.FloatField()),
                ("is_estimate", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["zip_code"],
                "indexes": [
                    models.Index(
                        fields=["latitude", "longitude"], name="zip_code_coordinates"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("zip_code__regex", "^\\d{5}$")),
                        name="zip_code_format",
                    )
                ],
            },
        ),
    ]
