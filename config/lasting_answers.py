"""301 and 410 hold for now: browsers would keep them for good without a word."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

LASTING = {301, 410}


class LastingAnswersMiddleware:
    """Has a browser ask again before it repeats "moved" or "gone".

    A guide may be published again, a doctor be in the next release, an address go back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where a view gave none."""
        response = self.get_response(request)
        if response.status_code in LASTING:
            response.headers.setdefault("Cache-Control", "no-cache")
        return response
