from django.contrib.postgres.search import (
    CombinedSearchVector,
    SearchConfig,
    SearchVector,
    SearchVectorField,
)
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0031_links_of_sources"),
    ]

    operations = [
        migrations.AddField(
            model_name="revision",
            name="words",
            field=models.GeneratedField(
                db_persist=True,
                expression=CombinedSearchVector(
                    CombinedSearchVector(
                        SearchVector("title", config="english", weight="A"),
                        "||",
                        SearchVector("description", config="english", weight="B"),
                        SearchConfig("english"),
                    ),
                    "||",
                    SearchVector("text", config="english", weight="D"),
                    SearchConfig("english"),
                ),
                output_field=SearchVectorField(),
            ),
        ),
    ]
