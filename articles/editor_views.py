"""What the editor's aids ask for; mounted in the admin, for those who may write."""

import logging
from dataclasses import asdict

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.images import (
    TOO_LARGE,
    ImageNotStoredError,
    ImageRefusedError,
    store_image,
)
from articles.link_search import search


@never_cache
@require_safe
@permission_required("articles.change_article", raise_exception=True)
def find_links(request: HttpRequest) -> HttpResponse:
    """Answer ``?q=`` with ``{"results": [{kind, key, text, detail}, …]}``."""
    results = [asdict(found) for found in search(request.GET.get("q", ""))]
    return JsonResponse({"results": results})


@never_cache
@require_POST
@permission_required("articles.change_article", raise_exception=True)
def upload_image(request: HttpRequest) -> HttpResponse:
    """Store ``image`` and answer ``{"address": …}``, or ``{"error": …}``."""
    upload = request.FILES.get("image")
    if upload is None:
        sent = int(request.META.get("CONTENT_LENGTH") or 0)
        is_dropped = sent > settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        error = TOO_LARGE if is_dropped else "No image came with this."
        return JsonResponse({"error": error}, status=400)
    try:
        return JsonResponse({"address": store_image(upload)})
    except ImageRefusedError as error:
        return JsonResponse({"error": str(error)}, status=400)
    except ImageNotStoredError as error:
        logging.getLogger(__name__).exception("A picture was not stored.")
        return JsonResponse({"error": str(error)}, status=500)
