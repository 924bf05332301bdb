"""The site's addresses and a view that does nothing."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as of_the_site


def bare(request: HttpRequest) -> HttpResponse:
    """Answer at once: what Django, its middleware and gunicorn cost by themselves."""
    return HttpResponse("bare")


urlpatterns = [path("bare/", bare), *of_the_site]
