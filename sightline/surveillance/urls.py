"""The addresses of concerns and levels."""

from django.urls import URLPattern, path

from sightline.surveillance.views import (
    concern_evidence,
    concern_work,
    concerns,
    level_answering,
    levels,
    log,
    proposing,
)

urlpatterns: list[URLPattern] = [
    # --- concerns
    path("concerns/", concerns.concerns_page, name="concerns"),
    path("concerns/concerns.csv", concerns.concerns_csv, name="concerns_csv"),
    path("concerns/raise/", concern_work.concern_raise, name="concern_raise"),
    path("concerns/<uuid:concern>/", concerns.concern_page, name="concern"),
    path("concerns/<uuid:concern>/restate/", concern_work.concern_restate, name="concern_restate"),
    path("concerns/<uuid:concern>/evidence/", concern_evidence.concern_evidence_link, name="concern_evidence"),
    path(
        "concerns/<uuid:concern>/evidence/<int:evidence>/remove/",
        concern_evidence.concern_evidence_remove,
        name="concern_evidence_remove",
    ),
    path("concerns/<uuid:concern>/referral/", concern_work.concern_referral, name="concern_referral"),
    path("concerns/<uuid:concern>/close/", concern_work.concern_close, name="concern_close"),
    # --- the surveillance log
    path("levels/", log.log, name="levels"),
    path("levels/log.csv", log.log_csv, name="levels_csv"),
    path("levels/log.xlsx", log.log_xlsx, name="levels_xlsx"),
    # --- proposals, decisions and reviews of levels
    path("levels/waiting/", levels.waiting_page, name="levels_waiting"),
    path("levels/of/<uuid:subject>/", levels.subject_page, name="levels_of_subject"),
    path("levels/of/<uuid:subject>/propose/", proposing.propose_page, name="level_propose"),
    path("levels/proposals/<uuid:proposal>/", levels.proposal_page, name="level_proposal"),
    path("levels/proposals/<uuid:proposal>/region/", level_answering.region_answer_page, name="level_region_answer"),
    path("levels/proposals/<uuid:proposal>/dissent/", level_answering.dissent_page, name="level_dissent"),
    path("levels/proposals/<uuid:proposal>/withdraw/", level_answering.withdraw_page, name="level_withdraw"),
    path("levels/proposals/<uuid:proposal>/decline/", level_answering.decline_page, name="level_decline"),
    path("levels/dissents/<int:dissent>/withdraw/", level_answering.dissent_withdraw, name="level_dissent_withdraw"),
    path("levels/decisions/<uuid:decision>/", levels.decision_page, name="level_decision"),
    path("levels/decisions/<uuid:decision>/review/", level_answering.review_page, name="level_review"),
]
