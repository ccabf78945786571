"""Rows of annexes guard themselves on PostgreSQL."""

from django.db import migrations

from sightline.audit.guarding import guarding
from sightline.intelligence.guarding import POLICIES


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0001_initial")]

    operations = [migrations.RunPython(guarding(POLICIES), migrations.RunPython.noop)]
