"""Addresses of the rulebook."""

from django.urls import path

from sightline.rulebook import views

urlpatterns = [
    path("rules/", views.rule_list, name="rules"),
    path("rules/sources.csv", views.sources_csv, name="sources_csv"),
    path("rules/sources/add/", views.source_add, name="source_add"),
    path("rules/sources/<slug:source>/retire/", views.source_retire, name="source_retire"),
    path("rules/<slug:part>/", views.rule_part, name="rule_part"),
    path("rules/<slug:part>/change/", views.rule_change, name="rule_change"),
    path("rules/<slug:part>/withdraw/", views.rule_withdraw, name="rule_withdraw"),
]
