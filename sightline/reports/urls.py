"""Addresses of reports."""

from django.urls import path

from sightline.reports.views import frozen, layouts, working

urlpatterns = [
    path("reports/", working.all_reports, name="all_reports"),
    path("reports/begin/", working.report_begin, name="report_begin"),
    path("reports/templates/", layouts.report_templates, name="report_templates"),
    path("reports/templates/start/", layouts.report_template_start, name="report_template_start"),
    path("reports/templates/bring/", layouts.report_template_bring, name="report_template_bring"),
    path("reports/templates/<uuid:template>/file/", layouts.report_template_file, name="report_template_file"),
    path("reports/templates/<uuid:template>/end/", layouts.report_template_end, name="report_template_end"),
    path("reports/received/<uuid:sending>/", frozen.report_acknowledge, name="report_acknowledge"),
    path("reports/<uuid:report>/", working.report, name="report"),
    path("reports/<uuid:report>/gather/", working.report_gather, name="report_gather"),
    path("reports/<uuid:report>/sections/<slug:section>/", working.report_section, name="report_section"),
    path("reports/<uuid:report>/freeze/", working.report_freeze, name="report_freeze"),
    path("reports/<uuid:report>/send/", frozen.report_send, name="report_send"),
    path("reports/<uuid:report>/versions/<int:number>/", frozen.report_version, name="report_version"),
    path("reports/<uuid:report>/versions/<int:number>/pdf/", frozen.report_pdf, name="report_pdf"),
    path("reports/<uuid:report>/versions/<int:number>/word/", frozen.report_word, name="report_word"),
    path("reports/<uuid:report>/versions/<int:number>/csv/", frozen.report_csv, name="report_csv"),
    path("reports/<uuid:report>/versions/<int:number>/xlsx/", frozen.report_xlsx, name="report_xlsx"),
]
