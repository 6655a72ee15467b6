import core.clock.instants
import core.people.models.dated
import django.db.models.deletion
import django_fsm
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
        ('files', '0001_tables'),
        ('people', '0001_tables'),
    ]

    operations = [
        migrations.CreateModel(
            name='Council',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(editable=False, max_length=80, unique=True, verbose_name='code')),
                ('state_since', models.DateTimeField(editable=False, verbose_name='in this state since')),
                ('due_on', models.DateField(blank=True, editable=False, null=True, verbose_name='due on')),
                ('regulation', models.CharField(editable=False, max_length=40, verbose_name='regulation version')),
                ('state', django_fsm.FSMField(choices=[('draft', 'Draft'), ('established', 'Established'), ('convened', 'Convened'), ('sitting', 'Sitting'), ('voting', 'Voting'), ('counted', 'Ballots counted'), ('concluded', 'Concluded'), ('dissolved', 'Dissolved'), ('cancelled', 'Cancelled')], db_index=True, default='draft', editable=False, max_length=40)),
                ('kind', models.CharField(choices=[('identification', 'Identification council'), ('selection', 'Selection council'), ('appraisal', 'Budget appraisal team'), ('acceptance', 'Acceptance council')], db_index=True, max_length=20, verbose_name='Kind of council')),
                ('title', models.CharField(max_length=500, verbose_name='Name of the council')),
                ('folded', models.CharField(editable=False, max_length=600)),
                ('sort_key', models.CharField(editable=False, max_length=255)),
                ('level', models.CharField(choices=[('national', 'National'), ('ministry', 'Ministry'), ('provincial', 'Provincial'), ('grassroots', 'Grassroots')], default='provincial', max_length=20, verbose_name='Level')),
                ('payer', models.CharField(choices=[('fund', 'Fund'), ('department_budget', 'Department budget'), ('host', 'Host organisation'), ('other', 'Other')], default='fund', max_length=20, verbose_name='Payer')),
                ('plan_year', models.PositiveSmallIntegerField(verbose_name='Plan year')),
                ('funds', models.CharField(blank=True, max_length=300, verbose_name='Money for the work of the council')),
                ('sits_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='Date and time of the sitting')),
                ('place', models.CharField(blank=True, max_length=300, verbose_name='Place')),
                ('papers_sent_on', models.DateField(blank=True, null=True, verbose_name='Papers sent to the members on')),
                ('opened_at', models.DateTimeField(blank=True, null=True, verbose_name='Sitting opened at')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='Sitting closed at')),
                ('guests', models.TextField(blank=True, verbose_name='Guests')),
                ('discussion', models.TextField(blank=True, verbose_name='Main points of the discussion')),
                ('dissolution_reason', models.TextField(blank=True, verbose_name='Ground of the dissolution')),
                ('seal', models.CharField(blank=True, editable=False, max_length=64, verbose_name='Seal of the ballots')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_key', models.UUIDField(editable=False, unique=True)),
            ],
            options={
                'verbose_name': 'council',
                'verbose_name_plural': 'councils',
                'ordering': ['-plan_year', '-code'],
                'permissions': [('judge_council', 'May read what this council judges')],
                'indexes': [models.Index(fields=['kind', 'state'], name='council_kind_state')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'established', 'convened', 'sitting', 'voting', 'counted', 'concluded', 'dissolved', 'cancelled'])), name='council_state_known'), models.CheckConstraint(condition=models.Q(('code__regex', '^(?=.*[0-9])(?!\\.)[^\\u0001-,/:-@\\[-\\^`{-\\u00a0\\u2000-\\u206f]+\\Z')), name='council_code_fits_address'), models.CheckConstraint(condition=models.Q(('kind__in', ['identification', 'selection', 'appraisal', 'acceptance'])), name='council_kind_known'), models.CheckConstraint(condition=models.Q(('level__in', ['national', 'ministry', 'provincial', 'grassroots'])), name='council_level_known'), models.CheckConstraint(condition=models.Q(('payer__in', ['fund', 'department_budget', 'host', 'other'])), name='council_payer_known'), models.CheckConstraint(condition=models.Q(('plan_year__gte', 2000), ('plan_year__lte', 2100)), name='council_plan_year'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='council_titled'), models.CheckConstraint(condition=models.Q(('closed_at__isnull', True), models.Q(('closed_at__gte', models.F('opened_at')), ('opened_at__isnull', False)), _connector='OR'), name='council_closed_after_opening'), models.CheckConstraint(condition=models.Q(('seal', ''), ('state__in', ['counted', 'concluded']), _connector='OR'), name='council_sealed_after_voting')],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=core.people.models.dated.new_code, editable=False, max_length=20, unique=True)),
                ('council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='reviews.council')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='council_seats', to=settings.AUTH_USER_MODEL, verbose_name='Member')),
                ('position', models.CharField(choices=[('chair', 'Chair'), ('vice_chair', 'Vice-chair'), ('secretary', 'Scientific secretary'), ('reviewer', 'Reviewer'), ('member', 'Member')], default='member', max_length=20, verbose_name='Part in the council')),
                ('capacity', models.CharField(choices=[('expert', 'Expert'), ('representative', 'Representative of users or managers')], default='expert', max_length=20, verbose_name='Chosen as')),
                ('declared', models.CharField(blank=True, choices=[('partial', 'Signs of partiality'), ('relative', 'Relative of the people of a dossier'), ('sanctioned', 'Under sanction, prosecution or conviction')], max_length=20, verbose_name='Declared conflict')),
                ('declared_note', models.CharField(blank=True, max_length=300, verbose_name='What was declared')),
                ('declared_at', models.DateTimeField(editable=False, null=True, verbose_name='Declared at')),
                ('attended', models.BooleanField(blank=True, null=True, verbose_name='Present')),
                ('absence_reason', models.CharField(blank=True, max_length=200, verbose_name='Reason of the absence')),
                ('counts_votes', models.BooleanField(default=False, verbose_name='Counts the votes')),
                ('appointed_by', models.CharField(blank=True, max_length=200, verbose_name='Decision that names the member')),
                ('removed_at', models.DateTimeField(editable=False, null=True)),
                ('removal_reason', models.CharField(blank=True, max_length=300, verbose_name='Why the member left')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='reviews.seat')),
            ],
            options={
                'verbose_name': 'seat',
                'verbose_name_plural': 'seats',
                'ordering': ['council', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('council', 'user'), name='seat_member_once'), models.UniqueConstraint(condition=models.Q(('position', 'chair'), ('removed_at__isnull', True)), fields=('council',), name='seat_one_chair'), models.UniqueConstraint(condition=models.Q(('position', 'vice_chair'), ('removed_at__isnull', True)), fields=('council',), name='seat_one_vice_chair'), models.UniqueConstraint(condition=models.Q(('position', 'secretary'), ('removed_at__isnull', True)), fields=('council',), name='seat_one_secretary'), models.CheckConstraint(condition=models.Q(('position__in', ['chair', 'vice_chair', 'secretary', 'reviewer', 'member'])), name='seat_position_known'), models.CheckConstraint(condition=models.Q(('capacity__in', ['expert', 'representative'])), name='seat_capacity_known'), models.CheckConstraint(condition=models.Q(('declared__in', ['', 'partial', 'relative', 'sanctioned'])), name='seat_declared_known'), models.CheckConstraint(condition=models.Q(('counts_votes', False), ('attended', True), _connector='OR'), name='seat_counter_is_present'), models.CheckConstraint(condition=models.Q(('removed_at__isnull', True), models.Q(('removal_reason', ''), _negated=True), _connector='OR'), name='seat_removed_with_reason')],
            },
        ),
        migrations.CreateModel(
            name='SeatReplacement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=core.people.models.dated.new_code, editable=False, max_length=20, unique=True)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replacements', to='reviews.seat')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='New member')),
                ('decision', models.CharField(max_length=200, verbose_name='Decision that names the member')),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Decided by')),
                ('decided_on', models.DateField(verbose_name='Date of the decision')),
                ('scan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('reason', models.CharField(max_length=300, verbose_name='Reason')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_at', models.DateTimeField(default=core.clock.instants.now)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'replacement of a member',
                'verbose_name_plural': 'replacements of members',
                'ordering': ['entered_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True)), fields=('seat',), name='seat_replacement_waits_once'), models.CheckConstraint(condition=models.Q(('confirmed_by__isnull', True), models.Q(('confirmed_by', models.F('entered_by')), _negated=True), _connector='OR'), name='seat_replacement_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='seat_replacement_confirmed_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='CouncilGrant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('permission', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='auth.permission')),
                ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='reviews.council')),
            ],
            options={
                'unique_together': {('user', 'permission', 'content_object')},
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ConflictNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=core.people.models.dated.new_code, editable=False, max_length=20, unique=True)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflict_notes', to='reviews.seat')),
                ('conflict', models.CharField(choices=[('partial', 'Signs of partiality'), ('relative', 'Relative of the people of a dossier'), ('sanctioned', 'Under sanction, prosecution or conviction')], max_length=20, verbose_name='Conflict of interest')),
                ('words', models.CharField(max_length=300, verbose_name='What the conflict is')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('noted_at', models.DateTimeField(default=core.clock.instants.now)),
                ('answer', models.CharField(blank=True, max_length=300, verbose_name='Answer of the member')),
                ('cleared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('cleared_reason', models.CharField(blank=True, max_length=300, verbose_name='Why it is no conflict')),
            ],
            options={
                'verbose_name': 'noted conflict of interest',
                'verbose_name_plural': 'noted conflicts of interest',
                'ordering': ['noted_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('conflict__in', ['partial', 'relative', 'sanctioned']), models.Q(('words', ''), _negated=True)), name='conflictnote_says_what'), models.CheckConstraint(condition=models.Q(models.Q(('cleared_at__isnull', True), ('cleared_by__isnull', True), ('cleared_reason', '')), models.Q(('cleared_at__isnull', False), ('cleared_by__isnull', False), models.Q(('cleared_reason', ''), _negated=True), models.Q(('cleared_by', models.F('noted_by')), _negated=True)), _connector='OR'), name='conflictnote_cleared_by_another')],
            },
        ),
        migrations.CreateModel(
            name='Departure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=core.people.models.dated.new_code, editable=False, max_length=20, unique=True)),
                ('seat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departures', to='reviews.seat')),
                ('reason', models.CharField(max_length=200, verbose_name='Reason of the absence')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('entered_at', models.DateTimeField(default=core.clock.instants.now)),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'departure from a sitting',
                'verbose_name_plural': 'departures from sittings',
                'ordering': ['entered_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True)), fields=('seat',), name='departure_waits_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='departure_with_reason'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by__isnull', True)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False), models.Q(('confirmed_by', models.F('entered_by')), _negated=True)), _connector='OR'), name='departure_two_persons')],
            },
        ),
    ]
