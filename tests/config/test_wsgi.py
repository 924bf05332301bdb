"""What gunicorn is given to serve."""

from django.core.servers.basehttp import get_internal_wsgi_application

from config.wsgi import application


def test_gunicorn_and_the_development_server_serve_the_same():
    assert get_internal_wsgi_application() is application
