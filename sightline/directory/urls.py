"""Addresses of the directory."""

from django.urls import path

from sightline.directory import views

urlpatterns = [
    path("directory/unsettled/", views.unsettled_list, name="unsettled"),
    path("directory/providers/add/", views.provider_add, name="add_provider"),
    path("directory/subjects/add/", views.subject_add, name="add_subject"),
    path("directory/<uuid:subject>/", views.body_page, name="body"),
    path("directory/<uuid:subject>/facts/<slug:kind>/", views.fact_record, name="record_fact"),
    path("directory/<uuid:subject>/services/add/", views.commissioning_record, name="record_commissioning"),
    path("directory/<uuid:subject>/relations/add/", views.relation_record, name="record_relation"),
    path("directory/<uuid:subject>/codes/add/", views.identifier_record, name="record_identifier"),
]
