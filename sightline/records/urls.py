"""Addresses of the formal record."""

from django.urls import path

from sightline.records.views import retaining

urlpatterns = [
    path("retention/", retaining.retention, name="retention"),
    path("retention/holds/", retaining.holds, name="holds"),
    path("retention/holds/place/", retaining.hold_place, name="hold_place"),
    path("retention/holds/<uuid:hold>/lift/", retaining.hold_lift, name="hold_lift"),
]
