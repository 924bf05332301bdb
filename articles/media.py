"""Serve the pictures of guides: only files that ``articles.images`` has made.

The address is matched in full, so no other file of the folder can be asked for. What
a name holds never changes, so anyone may keep it.
"""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from articles.images import FOLDER

CONTENT_TYPES = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "avif": "image/avif",
}


@require_safe
def image(_request: HttpRequest, folder: str, name: str) -> FileResponse:
    """Send a picture; its type comes from our own list."""
    path = f"{FOLDER}/{folder}/{name}"
    if name.endswith(".avif") and not default_storage.exists(path):
        # Made where the library could not write it; texts offer both formats.
        path, name = (f"{each.removesuffix('avif')}webp" for each in (path, name))
    try:
        content = default_storage.open(path)
    except FileNotFoundError as error:
        raise Http404("There is no such picture.") from error
    response = FileResponse(
        content, content_type=CONTENT_TYPES[name.rpartition(".")[2]]
    )
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
