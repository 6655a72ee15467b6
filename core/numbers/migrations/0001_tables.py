from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body_code', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('name', models.CharField(max_length=40)),
                ('source', models.CharField(choices=[('own', 'Drawn here'), ('external', "Given by the body's own register")], default='own', max_length=8)),
                ('last_number', models.PositiveIntegerField(default=0)),
                ('last_date', models.DateField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'number series',
                'verbose_name_plural': 'number series',
                'constraints': [models.UniqueConstraint(fields=('body_code', 'year', 'name'), name='numbers_series_unique'), models.CheckConstraint(condition=models.Q(('year__gte', 1000), ('year__lte', 9999)), name='numbers_series_year'), models.CheckConstraint(condition=models.Q(('source__in', ['own', 'external'])), name='numbers_series_source'), models.CheckConstraint(condition=models.Q(('last_number__gte', 0)), name='numbers_series_last_number'), models.CheckConstraint(condition=models.Q(models.Q(('body_code', ''), _negated=True), models.Q(('name', ''), _negated=True)), name='numbers_series_named'), models.CheckConstraint(condition=models.Q(models.Q(('last_date__isnull', True), ('last_number', 0)), models.Q(('last_date__isnull', False), ('last_number__gt', 0)), _connector='OR'), name='numbers_series_last_date')],
            },
        ),
    ]
