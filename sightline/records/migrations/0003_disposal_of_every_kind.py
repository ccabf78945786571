import django.db.models.deletion
from django.db import migrations, models


def name_whom_each_touched(apps, schema_editor):
    """What was proposed or disposed of so far is about one subject at most, which goes into its own row."""
    touched = apps.get_model('records', 'DisposalSubject')
    for one in apps.get_model('records', 'Disposal').objects.exclude(subject=None):
        touched.objects.create(disposal=one, subject_id=one.subject_id)


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('groups', '0009_sub_groups_and_councils'),
        ('records', '0002_disposal_disposalanswer'),
    ]

    operations = [
        migrations.RenameField(
            model_name='disposal',
            old_name='received_on',
            new_name='of_day',
        ),
        migrations.AddField(
            model_name='disposal',
            name='kind',
            field=models.CharField(choices=[('note', 'note'), ('key-points', 'key-points'), ('report', 'report'), ('decision', 'decision'), ('risk', 'risk'), ('plan', 'plan'), ('review', 'review'), ('request', 'request')], default='request', max_length=12),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='disposal',
            name='number',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='disposal',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='groups.group'),
        ),
        migrations.AddConstraint(
            model_name='disposal',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['note', 'key-points', 'report', 'decision', 'risk', 'plan', 'review', 'request'])), name='disposal_is_of_a_known_kind'),
        ),
        migrations.CreateModel(
            name='DisposalSubject',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('disposal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='subjects', to='records.disposal')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.subject')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('disposal', 'subject'), name='a_disposal_touches_each_once')],
            },
        ),
        migrations.RunPython(name_whom_each_touched, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name='disposal',
            name='subject',
        ),
    ]
