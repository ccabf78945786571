"""The addresses of improvement plans."""

from django.urls import URLPattern, path

from sightline.improvement.views import plans as views

urlpatterns: list[URLPattern] = [
    path("plans/", views.plans_page, name="plans"),
    path("plans/about/<uuid:subject>/", views.plan_begin, name="plan_begin"),
    path("plans/<uuid:plan>/", views.plan_page, name="plan"),
    path("plans/<uuid:plan>/restate/", views.plan_restate, name="plan_restate"),
    path("plans/<uuid:plan>/approve/", views.plan_approve, name="plan_approve"),
]
