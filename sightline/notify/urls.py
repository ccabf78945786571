"""The addresses of one's own messages."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
