"""Words that are too long come back with a sentence; a browser would cut them off."""

from django.forms import BaseForm


def uncut(form: BaseForm) -> None:
    """Let everything be sent: with ``maxlength`` the end of what is pasted is lost."""
    for field in form.fields.values():
        field.widget.attrs.pop("maxlength", None)
