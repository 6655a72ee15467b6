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
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to=settings.AUTH_USER_MODEL)),
                ('tell', models.CharField(max_length=80)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_code', models.CharField(max_length=80)),
                ('title', models.CharField(blank=True, max_length=500)),
                ('facts', models.JSONField(blank=True, default=dict)),
                ('event_uuid', models.UUIDField()),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('mailed_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(fields=['recipient', 'read_at'], name='notice_unread')],
                'constraints': [models.UniqueConstraint(fields=('recipient', 'tell', 'event_uuid', 'subject_code'), name='notice_told_once')],
            },
        ),
    ]
