"""Addresses of the action log."""

from django.urls import URLPattern, path

from sightline.actions.views import doing, log

urlpatterns: list[URLPattern] = [
    path("actions/", log.actions_page, name="actions"),
    path("actions/log.csv", log.actions_csv, name="actions_csv"),
    path("actions/log.xlsx", log.actions_xlsx, name="actions_xlsx"),
    path("actions/changed/", log.changed_page, name="actions_changed"),
    path("actions/new/", doing.action_new, name="action_new"),
    path("actions/<uuid:action>/", log.action_page, name="action"),
    path("actions/<uuid:action>/report/", doing.action_report, name="action_report"),
    path("actions/<uuid:action>/restate/", doing.action_restate, name="action_restate"),
    path("actions/<uuid:action>/owner/", doing.action_owner, name="action_owner"),
    path("actions/<uuid:action>/due/", doing.action_due, name="action_due"),
    path("actions/<uuid:action>/review/", doing.action_review, name="action_review"),
    path("actions/<uuid:action>/close/", doing.action_close, name="action_close"),
    path("actions/<uuid:action>/reopen/", doing.action_reopen, name="action_reopen"),
]
