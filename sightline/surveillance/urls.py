"""The addresses of concerns and levels."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
