"""The address table: every app's own addresses, side by side."""

from django.urls import include, path

handler404 = "sightline.records.views.gone.not_found"

urlpatterns = [
    path("", include("sightline.accounts.urls")),
    path("", include("sightline.actions.urls")),
    path("", include("sightline.directory.urls")),
    path("", include("sightline.escalation.urls")),
    path("", include("sightline.groups.urls")),
    path("", include("sightline.improvement.urls")),
    path("", include("sightline.indicators.urls")),
    path("", include("sightline.intelligence.urls")),
    path("", include("sightline.meetings.urls")),
    path("", include("sightline.notify.urls")),
    path("", include("sightline.profiles.urls")),
    path("", include("sightline.records.urls")),
    path("", include("sightline.reports.urls")),
    path("", include("sightline.risks.urls")),
    path("", include("sightline.overview.urls")),
    path("", include("sightline.publication.urls")),
    path("", include("sightline.rulebook.urls")),
    path("", include("sightline.surveillance.urls")),
    path("", include("sightline.triangulation.urls")),
]
