"""Rows of the annexes of notes guard themselves on PostgreSQL."""

from django.db import migrations

from sightline.audit.guarding import guarding
from sightline.meetings.guarding import POLICIES


class Migration(migrations.Migration):
    dependencies = [("meetings", "0012_nothing_declared")]

    operations = [migrations.RunPython(guarding(POLICIES), migrations.RunPython.noop)]
