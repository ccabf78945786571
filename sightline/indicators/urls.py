"""Addresses of the indicators stage."""

from django.urls import path

from sightline.indicators.views import agreeing, comparing, importing, judging, reading

urlpatterns = [
    path("indicators/", reading.indicator_list, name="indicators"),
    # Before the indicators' own addresses, which would take “sets” for the name of one.
    path("indicators/sets/", agreeing.set_list, name="metric_sets"),
    path("indicators/sets/new/", agreeing.set_new, name="metric_set_new"),
    path("indicators/sets/<slug:metric_set>/", agreeing.set_page, name="metric_set"),
    path("indicators/sets/<slug:metric_set>/change/", agreeing.set_change, name="metric_set_change"),
    path("indicators/worth-a-look/", comparing.worth_a_look_page, name="worth_a_look"),
    path("indicators/worth-a-look/worth-a-look.csv", comparing.worth_a_look_csv, name="worth_a_look_csv"),
    path("indicators/<slug:indicator>/", reading.indicator_page, name="indicator"),
    path("indicators/<slug:indicator>/funnel.csv", comparing.funnel_csv, name="funnel_csv"),
    path("indicators/<slug:indicator>/method/", judging.method_page, name="method"),
    path("indicators/<slug:indicator>/chart/", judging.chart_page, name="chart"),
    path(
        "indicators/<slug:indicator>/chart/<int:choice_id>/withdraw/",
        judging.withdraw_chart_page,
        name="withdraw_chart",
    ),
    path("indicators/<slug:indicator>/<uuid:subject>/", reading.series_page, name="series"),
    path("indicators/<slug:indicator>/<uuid:subject>/figures.csv", reading.series_csv, name="series_csv"),
    path("indicators/<slug:indicator>/<uuid:subject>/limits/", judging.rebase_page, name="rebase"),
    path(
        "indicators/<slug:indicator>/<uuid:subject>/limits/<int:rebase_id>/withdraw/",
        judging.withdraw_page,
        name="withdraw_rebase",
    ),
    path("publications/", reading.publication_list, name="publications"),
    path("publications/<uuid:publication>/", reading.publication_page, name="publication"),
    path("import/", importing.import_page, name="import"),
    path("import/<uuid:batch>/", importing.import_drop, name="import_drop"),
    path("import/files/<uuid:delivery>/columns/", importing.import_mapping, name="import_mapping"),
    path("import/files/<uuid:delivery>/faults.csv", importing.import_faults_csv, name="import_faults"),
]
