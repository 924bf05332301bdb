"""What a page says holds for now: no cache repeats it without asking.

A guide may be published, corrected or withdrawn, a doctor be in the next release, an
address go back. Browsers would keep 301 and 410 for good without a word, and some
networks in front of a site keep any page for a day.

What follows a question mark may be a ZIP code, a name, or whom a patient stays apart
from: that no cache on the way keeps at all, whether the page was shown or an error.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class LastingAnswersMiddleware:
    """Has whoever keeps an answer ask again before it is repeated."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Add the header where a view gave none."""
        response = self.get_response(request)
        usual = "private, no-cache" if request.META.get("QUERY_STRING") else "no-cache"
        response.headers.setdefault("Cache-Control", usual)
        return response
