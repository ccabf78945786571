"""Addresses of triangulation."""

from django.urls import path

from sightline.triangulation.views import asking, listing, picture

urlpatterns = [
    path("subjects/<uuid:subject>/picture/", picture.picture, name="picture"),
    path("subjects/<uuid:subject>/picture/answer/", picture.answer, name="proposal_answer"),
    path("subjects/<uuid:subject>/ask/", asking.ask, name="ask"),
    path("requests/", asking.requests, name="requests"),
    path("requests/requests.csv", asking.requests_csv, name="requests_csv"),
    path("requests/<uuid:asked>/end/", asking.request_end, name="request_end"),
    path("proposals/", listing.proposals, name="proposals"),
    path("blind-spots/", listing.blind_spots, name="blind_spots"),
    path("blind-spots/blind-spots.csv", listing.blind_spots_csv, name="blind_spots_csv"),
    path("ratings/", listing.ratings, name="ratings_to_review"),
]
