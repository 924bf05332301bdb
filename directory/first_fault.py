"""What a form that comes back begins with."""

from typing import Any

from django.forms import BoundField, Widget


class FirstFault(BoundField):
    """A field that has the focus if it is the first with a fault.

    So its label and its fault are what is heard next, and what a phone shows.
    """

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: Widget | None = None
    ) -> dict[str, Any]:
        """Return the attributes of the control."""
        found = super().build_widget_attrs(attrs, widget)
        faulty = (name for name in self.form.fields if name in self.form.errors)
        if next(faulty, None) == self.name:
            found["autofocus"] = True
        return found
