"""Addresses of the groups."""

from django.urls import path

from sightline.groups import views

urlpatterns = [
    path("interests/", views.interests, name="interests"),
    path("interests/register.csv", views.interests_csv, name="interests_csv"),
    path("interests/declare/", views.interest_declare, name="interest_declare"),
    path("interests/record/", views.interest_record, name="interest_record"),
    path("interests/<uuid:interest>/end/", views.interest_end, name="interest_end"),
    path("agreements/", views.agreements, name="agreements"),
    path("agreements/<uuid:organisation>/record/", views.agreement_record, name="agreement_record"),
]
