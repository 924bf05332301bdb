"""Addresses of guides, topics, trust pages and contributors."""

from django.urls import path, re_path

from articles import feedback_views, media, review_views, views

app_name = "articles"
urlpatterns = [
    path("articles/", views.index, name="index"),
    path("articles/<slug:slug>/", views.article, name="article"),
    path("articles/<slug:slug>.md", views.article_source, name="article-source"),
    path("topics/", views.topics, name="topics"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("about/", views.about, name="about"),
    path("about/<slug:slug>/", views.page, name="page"),
    path("people/", views.people, name="people"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("feedback/<slug:slug>/", feedback_views.helpful, name="feedback"),
    path(
        "feedback/<slug:slug>/mistake/", feedback_views.mistake, name="feedback-mistake"
    ),
    path("feedback/<slug:slug>/thanks/", feedback_views.thanks, name="feedback-thanks"),
    path(
        "feedback/<slug:slug>/why/<str:token>/",
        feedback_views.reason,
        name="feedback-reason",
    ),
    path("review/<str:token>/", review_views.read, name="review"),
    path("review/<str:token>/changes/", review_views.ask, name="review-ask"),
    path("review/<str:token>/sign/", review_views.sign, name="review-sign"),
    re_path(
        r"^media/images/(?P<folder>[0-9a-f]{16})/"
        r"(?P<name>[1-9][0-9]{0,3}(?:x[1-9][0-9]{0,3}\.(?:jpg|png|webp)|w\.(?:webp|avif)))$",
        media.image,
        name="image",
    ),
]
