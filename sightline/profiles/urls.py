"""Addresses of the aids and of risk profiles."""

from django.urls import path

from sightline.profiles.views import aids, profiling, reviewing

urlpatterns = [
    path("subjects/<uuid:subject>/profile/", aids.profiles_page, name="profiles"),
    path("subjects/<uuid:subject>/profile/start/", aids.profile_start, name="profile_start"),
    path("subjects/<uuid:subject>/profile/other/", aids.other_process_record, name="profile_other_process"),
    path("subjects/<uuid:subject>/heat-map/", aids.heat_map_page, name="heat_map"),
    path("subjects/<uuid:subject>/heat-map/new/", aids.heat_map_new, name="heat_map_new"),
    path("subjects/<uuid:subject>/trigger-tool/", aids.trigger_tool_page, name="trigger_tool"),
    path("subjects/<uuid:subject>/trigger-tool/new/", aids.trigger_tool_new, name="trigger_tool_new"),
    path("profiles/reviews/", reviewing.reviews_page, name="profile_reviews"),
    path("profiles/<uuid:profile>/", profiling.profile_page, name="profile"),
    path("profiles/<uuid:profile>/print/", profiling.profile_print, name="profile_print"),
    path("profiles/<uuid:profile>/profile.csv", profiling.profile_csv, name="profile_csv"),
    path("profiles/<uuid:profile>/share/", profiling.profile_share, name="profile_share"),
    path("profiles/<uuid:profile>/sign/", profiling.profile_sign, name="profile_sign"),
    path("profiles/<uuid:profile>/review/", profiling.profile_review, name="profile_review"),
    path("profiles/<uuid:profile>/domains/<slug:domain>/", profiling.domain_page, name="profile_domain"),
    path(
        "profiles/<uuid:profile>/domains/<slug:domain>/history/",
        profiling.domain_history,
        name="profile_domain_history",
    ),
]
