"""Rows of annexes guard themselves on PostgreSQL."""

from django.db import migrations

from sightline.intelligence.guarding import guard_annexes


class Migration(migrations.Migration):
    dependencies = [("intelligence", "0001_initial")]

    operations = [migrations.RunPython(guard_annexes, migrations.RunPython.noop)]
