"""How often a public form was sent today."""

from django.db import models


class PublicFormUse(models.Model):
    """A number for one sender, who is a hash of the day, or for everybody."""

    form = models.CharField(max_length=40)
    sender = models.CharField(max_length=64)
    used_on = models.DateField()
    times = models.PositiveIntegerField()

    class Meta:
        ordering = ["used_on", "form", "sender"]
        constraints = [
            models.UniqueConstraint(
                fields=["form", "sender", "used_on"], name="public_form_use_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} on {self.used_on}: {self.times}"
