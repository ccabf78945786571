"""Addresses of key points: where they are worked on, and where the public reads them."""

from django.urls import path

from sightline.publication.views import following, listing, public, working

urlpatterns = [
    path("public/", public.public_front, name="public_front"),
    path("public/feed/", public.public_feed, name="public_feed"),
    path("public/groups/<uuid:group>/", public.public_group, name="public_group"),
    path("public/groups/<uuid:group>/<int:year>/", public.public_year, name="public_year"),
    path("public/groups/<uuid:group>/feed/", public.public_group_feed, name="public_group_feed"),
    path("public/groups/<uuid:group>/follow/", following.public_follow, name="public_follow"),
    path("public/follow/<str:link>/confirm/", following.public_follow_confirm, name="public_follow_confirm"),
    path("public/follow/<str:link>/stop/", following.public_follow_stop, name="public_follow_stop"),
    path("public/key-points/", public.public_list, name="public_list"),
    path("public/key-points/<uuid:page>/", public.public_page, name="public_page"),
    path("key-points/", working.all_key_points, name="all_key_points"),
    path("key-points/groups/<uuid:group>/", listing.group_listing, name="group_listing"),
    path("key-points/groups/<uuid:group>/list/", listing.group_list, name="group_list"),
    path("key-points/groups/<uuid:group>/take-off/", listing.group_unlist, name="group_unlist"),
    path("key-points/<uuid:meeting>/", working.key_points, name="key_points"),
    path("key-points/<uuid:meeting>/write/", working.key_points_write, name="key_points_write"),
    path("key-points/<uuid:meeting>/clear/", working.key_points_clear, name="key_points_clear"),
    path("key-points/<uuid:meeting>/release/", working.key_points_release, name="key_points_release"),
    path("key-points/<uuid:meeting>/withdraw/", working.key_points_withdraw, name="key_points_withdraw"),
]
