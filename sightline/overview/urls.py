"""Addresses of the pages that look across stages."""

from django.urls import path

from sightline.overview import views

urlpatterns = [
    path("", views.home, name="home"),
    path("subjects/", views.subject_list, name="subjects"),
    path("subjects/<uuid:subject>/", views.subject_page, name="subject"),
    path("systems/", views.systems, name="systems"),
    path("record/", views.event_log, name="event_log"),
    path("search/", views.search, name="search"),
    path("about/", views.about, {"page": "about"}, name="about"),
    path("accessibility/", views.about, {"page": "accessibility"}, name="accessibility"),
    path("glossary/", views.about, {"page": "glossary"}, name="glossary"),
]
