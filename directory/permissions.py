"""Who may act, asked where the act is done and not only in forms."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied


def require(user: User | None, permission: str) -> None:
    """Raise PermissionDenied unless ``user`` may; the command line always may."""
    if user is not None and not user.has_perm(permission):
        raise PermissionDenied(f"{user} lacks {permission}")
