"""The addresses of improvement plans and of Rapid Quality Reviews."""

from django.urls import URLPattern, path

from sightline.improvement.views import plans as views
from sightline.improvement.views import reviews

urlpatterns: list[URLPattern] = [
    path("plans/", views.plans_page, name="plans"),
    path("plans/about/<uuid:subject>/", views.plan_begin, name="plan_begin"),
    path("plans/<uuid:plan>/", views.plan_page, name="plan"),
    path("plans/<uuid:plan>/restate/", views.plan_restate, name="plan_restate"),
    path("plans/<uuid:plan>/approve/", views.plan_approve, name="plan_approve"),
    path("rapid-reviews/", reviews.rapid_list, name="rapid_list"),
    path("rapid-reviews/about/<uuid:subject>/", reviews.rapid_call, name="rapid_call"),
    path("rapid-reviews/<uuid:rapid>/findings/", reviews.rapid_findings, name="rapid_findings"),
    path("rapid-reviews/<uuid:rapid>/reports/<slug:route>/", reviews.rapid_report, name="rapid_report"),
    path("rapid-reviews/<uuid:rapid>/close/", reviews.rapid_close, name="rapid_close"),
]
