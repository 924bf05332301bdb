"""A field for several lines, as the browser counts them."""

from typing import Any

from django import forms


class Words(forms.CharField):
    """Several lines: a break is sent as two characters, and the browser counts one."""

    def to_python(self, value: Any) -> str:
        """Return the text with breaks of one character."""
        return str(super().to_python(value)).replace("\r\n", "\n")
