"""The addresses of duties and exchanges."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
