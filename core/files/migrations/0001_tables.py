import core.clock.instants
import core.files.models
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=core.files.models.new_code, editable=False, max_length=36, unique=True)),
                ('name', models.CharField(max_length=200, verbose_name='File name')),
                ('content_type', models.CharField(choices=[('application/pdf', 'PDF'), ('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'DOCX'), ('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'XLSX'), ('application/vnd.openxmlformats-officedocument.presentationml.presentation', 'PPTX'), ('image/png', 'PNG'), ('image/jpeg', 'JPEG')], max_length=80)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(max_length=64)),
                ('path', models.CharField(max_length=200, unique=True)),
                ('purpose', models.CharField(max_length=40)),
                ('is_internal', models.BooleanField(default=False)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_code', models.CharField(max_length=80)),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploaded_at', models.DateTimeField(default=core.clock.instants.now)),
            ],
            options={
                'verbose_name': 'file',
                'verbose_name_plural': 'files',
                'ordering': ['uploaded_at', 'pk'],
                'indexes': [models.Index(fields=['subject_type', 'subject_code'], name='file_subject')],
                'constraints': [models.CheckConstraint(condition=models.Q(('content_type__in', ['application/pdf', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'application/vnd.openxmlformats-officedocument.presentationml.presentation', 'image/png', 'image/jpeg'])), name='file_type_known'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='file_not_empty'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('subject_code', ''), _negated=True)), name='file_named')],
            },
        ),
    ]
