"""The form of a row that somebody else may change while it is open."""

from typing import Any, cast

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from directory.admin.uncut import uncut

CHANGED = (
    "Somebody changed this while you had it open. It says now: {}. Save again, and "
    "yours takes its place."
)


class SharedForm(forms.ModelForm):
    """Stores what was changed in it; the rest stays as it is now, newer or not.

    What a colleague changed too is shown before it is written over. What the page
    showed comes back with it: that tells who changed what.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            came_back = self.add_initial_prefix(name) in self.data
            is_change = self.instance.pk is not None
            field.show_hidden_initial = is_change and (came_back or not self.is_bound)
        uncut(self)

    def clean(self) -> dict[str, Any] | None:
        """Leave what was not touched, and say what both have changed."""
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if not field.show_hidden_initial:
                continue
            if name not in self.changed_data:
                cleaned[name] = getattr(self.instance, name)
            elif self._is_changed_by_both(self[name]):
                self._show_again(self[name])
                self.add_error(name, CHANGED.format(self._stored(name)))
        return cleaned

    def _is_changed_by_both(self, bound: BoundField) -> bool:
        """Whether what is stored is neither what the page showed nor what was typed."""
        stored = bound.field.to_python(_with_plain_ends(bound.initial))
        seen = self.data.get(bound.html_initial_name)
        return all(
            bound.field.has_changed(stored, _with_plain_ends(other))
            for other in (seen, bound.data)
        )

    def _show_again(self, bound: BoundField) -> None:
        """Let the form that is shown again be about what is stored now."""
        stored = bound.field.prepare_value(bound.initial)
        self.data = cast("QueryDict", self.data).copy()
        self.data[bound.html_initial_name] = "" if stored is None else str(stored)

    def _stored(self, name: str) -> str:
        """Return what is stored now, in words."""
        in_words = getattr(self.instance, f"get_{name}_display", None)
        stored = in_words() if in_words else getattr(self.instance, name)
        return f"“{stored}”" if stored not in (None, "") else "nothing"


def _with_plain_ends(value: Any) -> Any:
    """Return words as a file has them: browsers send other ends of lines."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value
