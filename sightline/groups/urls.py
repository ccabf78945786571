"""Addresses of the groups."""

from django.urls import path

from sightline.groups.views import code, interests, members, offices, safeguarding, seats, standing, terms

urlpatterns = [
    path("interests/", interests.interests, name="interests"),
    path("interests/register.csv", interests.interests_csv, name="interests_csv"),
    path("interests/declare/", interests.interest_declare, name="interest_declare"),
    path("interests/record/", interests.interest_record, name="interest_record"),
    path("interests/<uuid:interest>/end/", interests.interest_end, name="interest_end"),
    path("agreements/", interests.agreements, name="agreements"),
    path("agreements/<uuid:organisation>/record/", interests.agreement_record, name="agreement_record"),
    path("groups/", standing.groups_page, name="groups"),
    path("groups/new/", standing.group_new, name="group_new"),
    path("groups/<uuid:group>/", standing.group_page, name="group"),
    path("groups/<uuid:group>/end/", standing.group_end, name="group_end"),
    path("groups/<uuid:group>/guidance/", standing.group_guidance, name="group_guidance"),
    path("groups/<uuid:group>/providers/", standing.group_providers, name="group_providers"),
    path("groups/<uuid:group>/seats/new/", seats.seat_new, name="seat_new"),
    path("groups/seats/<uuid:seat>/fill/", seats.seat_fill, name="seat_fill"),
    path("groups/seats/<uuid:seat>/end/", seats.seat_end, name="seat_end"),
    path("groups/seatings/<uuid:seating>/end/", seats.seating_end, name="seating_end"),
    path("groups/<uuid:group>/members/", members.group_members, name="group_members"),
    path("groups/<uuid:group>/members.csv", members.group_members_csv, name="group_members_csv"),
    path("groups/<uuid:group>/seat/", members.group_seat, name="group_seat"),
    path("groups/<uuid:group>/engagement/<uuid:organisation>/", members.group_engagement, name="group_engagement"),
    path("groups/seats/<uuid:seat>/ask/", members.seat_ask, name="seat_ask"),
    path("groups/seatings/<uuid:seating>/authority/", members.seating_authority, name="seating_authority"),
    path("access-needs/", members.access_needs, name="access_needs"),
    path("groups/<uuid:group>/safeguarding/", safeguarding.safeguarding, name="safeguarding"),
    path("groups/<uuid:group>/safeguarding/lead/", safeguarding.safeguarding_lead, name="safeguarding_lead"),
    path("groups/<uuid:group>/safeguarding/period/", safeguarding.safeguarding_period, name="safeguarding_period"),
    path(
        "groups/<uuid:group>/safeguarding/confirm/<uuid:organisation>/",
        safeguarding.safeguarding_confirm,
        name="safeguarding_confirm",
    ),
    path(
        "groups/<uuid:group>/safeguarding/councils/<uuid:organisation>/<slug:kind>/",
        safeguarding.safeguarding_body,
        name="safeguarding_body",
    ),
    path("groups/<uuid:group>/terms/", terms.terms, name="terms"),
    path("groups/<uuid:group>/terms/begin/", terms.terms_begin, name="terms_begin"),
    path("groups/<uuid:group>/terms/approve/", terms.terms_approve, name="terms_approve"),
    path("groups/<uuid:group>/terms/sections/<slug:section>/", terms.terms_section, name="terms_section"),
    path("groups/<uuid:group>/code/", code.code, name="code"),
    path("groups/<uuid:group>/code/agree/", code.code_accept, name="code_accept"),
    path("offices/", offices.offices_page, name="offices"),
    path("offices/give/", offices.office_give, name="office_give"),
    path("offices/<uuid:office>/end/", offices.office_end, name="office_end"),
]
