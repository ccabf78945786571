"""Addresses of the formal record."""

from django.urls import path

from sightline.records.views import disclosing, disposing, requests, retaining

_ONE = "information-requests/<uuid:information>/"

urlpatterns = [
    path("retention/", retaining.retention, name="retention"),
    path("retention/holds/", retaining.holds, name="holds"),
    path("retention/holds/place/", retaining.hold_place, name="hold_place"),
    path("retention/holds/<uuid:hold>/lift/", retaining.hold_lift, name="hold_lift"),
    path(
        "retention/propose/<slug:kind>/<uuid:record>/<int:number>/", disposing.disposal_propose, name="disposal_propose"
    ),
    path("retention/disposals/", disposing.disposals, name="disposals"),
    path("retention/disposals/<uuid:disposal>/", disposing.disposal, name="disposal"),
    path("retention/disposals/<uuid:disposal>/answer/", disposing.disposal_answer, name="disposal_answer"),
    path("information-requests/", requests.information_requests, name="information_requests"),
    path("information-requests/enter/", requests.information_request_open, name="information_request_open"),
    path(_ONE, requests.information_request, name="information_request"),
    path(f"{_ONE}find/", requests.information_find, name="information_find"),
    path(f"{_ONE}passages/<uuid:passage>/", requests.information_passage, name="information_passage"),
    path(f"{_ONE}consult/", requests.information_consult, name="information_consult"),
    path(f"{_ONE}clear/", disclosing.information_clear, name="information_clear"),
    path(f"{_ONE}close/", requests.information_close, name="information_close"),
    path(f"{_ONE}versions/<int:number>/", disclosing.information_pack, name="information_pack"),
    path(f"{_ONE}versions/<int:number>/pdf/", disclosing.information_pack_pdf, name="information_pack_pdf"),
    path(
        f"{_ONE}versions/<int:number>/withdraw/", disclosing.information_pack_withdraw, name="information_pack_withdraw"
    ),
]
