"""The addresses of the risk registers."""

from django.urls import path

from sightline.risks.views import doing, lookback, registers, risks

urlpatterns = [
    path("registers/", registers.registers_page, name="registers"),
    path("registers/<slug:tier>/<uuid:organisation>/", registers.register, name="register"),
    path("registers/<slug:tier>/<uuid:organisation>/register.csv", registers.register_csv, name="register_csv"),
    path("registers/<slug:tier>/<uuid:organisation>/register.xlsx", registers.register_xlsx, name="register_xlsx"),
    path("registers/<slug:tier>/<uuid:organisation>/checks/", registers.register_checks, name="register_checks"),
    path(
        "registers/<slug:tier>/<uuid:organisation>/checks.csv",
        registers.register_checks_csv,
        name="register_checks_csv",
    ),
    path("registers/<slug:tier>/<uuid:organisation>/movement/", registers.register_movement, name="register_movement"),
    path("look-back/", lookback.look_backs, name="look_backs"),
    path("look-back/<uuid:subject>/", lookback.look_back, name="look_back"),
    path("look-back/<uuid:subject>/open/", lookback.look_back_open, name="look_back_open"),
    path("look-back/records/<uuid:record>/", lookback.look_back_record, name="look_back_record"),
    path("look-back/records/<uuid:record>/finding/", lookback.look_back_finding, name="look_back_finding"),
    path("look-back/records/<uuid:record>/finish/", lookback.look_back_finish, name="look_back_finish"),
    # --- one risk
    path("risks/open/", risks.risk_new, name="risk_new"),
    path("risks/<uuid:risk>/", risks.risk_page, name="risk"),
    path("risks/<uuid:risk>/print/", risks.risk_print, name="risk_print"),
    path("risks/<uuid:risk>/restate/", doing.risk_restate, name="risk_restate"),
    path("risks/<uuid:risk>/score/", doing.risk_score, name="risk_score"),
    path("risks/<uuid:risk>/measures/new/", doing.risk_measure, name="risk_measure"),
    path("risks/<uuid:risk>/measures/<uuid:measure>/", doing.risk_step, name="risk_step"),
    path("risks/<uuid:risk>/registers/", doing.risk_place, name="risk_place"),
    path("risks/<uuid:risk>/registers/<int:place>/remove/", doing.risk_remove, name="risk_remove"),
    path("risks/<uuid:risk>/accept/", doing.risk_accept, name="risk_accept"),
    path("risks/<uuid:risk>/review/", doing.risk_review, name="risk_review"),
    path("risks/<uuid:risk>/close/", doing.risk_close, name="risk_close"),
    path("risks/<uuid:risk>/link/", doing.risk_link, name="risk_link"),
]
