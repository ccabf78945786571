"""The addresses of improvement plans and their milestones, of Rapid Quality Reviews and Quality Improvement Groups."""

from django.urls import URLPattern, path

from sightline.improvement.views import endings, improving, milestones, plans, reviews

urlpatterns: list[URLPattern] = [
    path("plans/", plans.plans_page, name="plans"),
    path("plans/about/<uuid:subject>/", plans.plan_begin, name="plan_begin"),
    path("plans/<uuid:plan>/", plans.plan_page, name="plan"),
    path("plans/<uuid:plan>/restate/", plans.plan_restate, name="plan_restate"),
    path("plans/<uuid:plan>/approve/", plans.plan_approve, name="plan_approve"),
    path("plans/<uuid:plan>/end/", endings.plan_end, name="plan_end"),
    path("plans/learning/", endings.plans_learning, name="plans_learning"),
    path("plans/<uuid:plan>/milestones/<int:number>/", milestones.milestone, name="milestone"),
    path("plans/<uuid:plan>/milestones/<int:number>/note/", milestones.milestone_note, name="milestone_note"),
    path("plans/own/", milestones.own_plans, name="own_plans"),
    path("plans/own/<uuid:plan>/", milestones.own_plan, name="own_plan"),
    path("plans/own/<uuid:plan>/milestones/<int:number>/", milestones.own_milestone, name="own_milestone"),
    path("plans/own/<uuid:plan>/concern/", milestones.own_concern, name="own_concern"),
    path("plans/doubted/", milestones.plans_doubted, name="plans_doubted"),
    path("plans/<uuid:plan>/concerns/<int:concern>/", milestones.plan_concern, name="plan_concern"),
    path("rapid-reviews/", reviews.rapid_list, name="rapid_list"),
    path("rapid-reviews/about/<uuid:subject>/", reviews.rapid_call, name="rapid_call"),
    path("rapid-reviews/<uuid:rapid>/findings/", reviews.rapid_findings, name="rapid_findings"),
    path("rapid-reviews/<uuid:rapid>/reports/<slug:route>/", reviews.rapid_report, name="rapid_report"),
    path("rapid-reviews/<uuid:rapid>/close/", reviews.rapid_close, name="rapid_close"),
    path("improvement-groups/", improving.improving_list, name="improving_list"),
    path("improvement-groups/about/<uuid:subject>/", improving.improving_convene, name="improving_convene"),
    path("improvement-groups/<uuid:improving>/plans/", improving.improving_watch, name="improving_watch"),
    path("improvement-groups/<uuid:improving>/told/<slug:told>/", improving.improving_told, name="improving_told"),
    path(
        "improvement-groups/<uuid:improving>/stakeholders/<int:number>/",
        improving.improving_stakeholder,
        name="improving_stakeholder",
    ),
    path(
        "improvement-groups/<uuid:improving>/agreement/<slug:party>/", improving.improving_agree, name="improving_agree"
    ),
    path("improvement-groups/<uuid:improving>/end/", improving.improving_end, name="improving_end"),
]
