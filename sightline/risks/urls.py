"""The addresses of the risk registers."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
