"""The addresses of one's own messages."""

from django.urls import path

from sightline.notify import views

urlpatterns = [
    path("messages/", views.messages, name="messages"),
    path("messages/seen/", views.messages_seen, name="messages_seen"),
    path("messages/when/", views.messages_when, name="messages_when"),
]
