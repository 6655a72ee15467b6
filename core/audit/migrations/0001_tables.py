import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('sequence', models.BigIntegerField(unique=True)),
                ('key', models.UUIDField(null=True, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('subject_type', models.CharField(blank=True, max_length=40)),
                ('subject_code', models.CharField(blank=True, max_length=80)),
                ('step', models.CharField(blank=True, max_length=60)),
                ('from_state', models.CharField(blank=True, max_length=40)),
                ('to_state', models.CharField(blank=True, max_length=40)),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('on_behalf_of', models.CharField(blank=True, max_length=80)),
                ('channel', models.CharField(blank=True, max_length=20)),
                ('effective_on', models.DateField(null=True)),
                ('recorded_at', models.DateTimeField()),
                ('reason', models.TextField(blank=True)),
                ('cause', models.UUIDField(null=True)),
                ('payload', models.TextField()),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'ordering': ['sequence'],
                'indexes': [models.Index(fields=['subject_type', 'subject_code', 'sequence'], name='event_subject'), models.Index(fields=['recorded_at'], name='event_recorded_at'), models.Index(condition=models.Q(('kind', 'adopt')), fields=['decided_by', 'sequence'], name='event_adopted')],
            },
        ),
        migrations.CreateModel(
            name='ChainHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sequence', models.BigIntegerField(default=0)),
                ('hash', models.CharField(default='0000000000000000000000000000000000000000000000000000000000000000', max_length=64)),
            ],
        ),
    ]
