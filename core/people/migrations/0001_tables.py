import core.clock.instants
import core.money
import core.people.models.authority
import core.people.models.dated
import core.people.models.user
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('code', models.CharField(max_length=20, unique=True)),
                ('name', models.CharField(max_length=120, verbose_name='Name')),
                ('folded', models.CharField(editable=False, max_length=150)),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=255)),
                ('kind', models.CharField(choices=[('province', 'Province'), ('district', 'District (until 30 June 2025)'), ('commune', 'Commune')], max_length=10, verbose_name='Kind')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='people.place')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='people.place')),
            ],
            options={
                'verbose_name': 'place',
                'verbose_name_plural': 'places',
                'ordering': ['sort_key', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='place_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'district'), _negated=True), ('valid_to__isnull', False), _connector='OR'), name='place_district_has_ended'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'province'), ('parent__isnull', True)), models.Q(models.Q(('kind', 'province'), _negated=True), ('parent__isnull', False)), _connector='OR'), name='place_parent_fits_kind')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=core.people.models.dated.new_code, max_length=20, unique=True, verbose_name='Code')),
                ('kind', models.CharField(choices=[('department', 'Department'), ('division', 'Division'), ('ppc', "Provincial People's Committee"), ('fund', 'Fund'), ('institute', 'Institute'), ('university', 'University'), ('enterprise', 'Enterprise'), ('hospital', 'Hospital'), ('association', 'Association'), ('other', 'Other')], max_length=12, verbose_name='Kind')),
                ('name', models.CharField(max_length=250, verbose_name='Name')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='Short name')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=255)),
                ('folded', models.CharField(editable=False, max_length=1000)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='divisions', to='people.organisation')),
                ('place', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='people.place')),
                ('tax_code', models.CharField(blank=True, max_length=20, verbose_name='Tax code')),
                ('decision_number', models.CharField(blank=True, max_length=60, verbose_name='Founding decision')),
                ('is_internal', models.BooleanField(default=False, verbose_name='Part of the administration')),
                ('ended_on', models.DateField(blank=True, editable=False, null=True, verbose_name='Ended on')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ['sort_key', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'division'), _negated=True), models.Q(('is_internal', True), ('parent__isnull', False)), _connector='OR'), name='organisation_division_has_parent'), models.UniqueConstraint(condition=models.Q(('tax_code', ''), _negated=True), fields=('tax_code',), name='organisation_tax_code_once')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='names', to='people.organisation')),
                ('name_vi', models.CharField(max_length=250, verbose_name='Name in Vietnamese')),
                ('name_en', models.CharField(blank=True, max_length=250, verbose_name='Name in English')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='Short name')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='Address')),
                ('decision', models.CharField(blank=True, max_length=120, verbose_name='Decision')),
            ],
            options={
                'ordering': ['organisation', 'valid_from'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='organisationname_ends_after_start'), models.UniqueConstraint(fields=('organisation', 'valid_from'), name='organisationname_starts_once'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('organisation',), name='organisationname_one_current'), models.CheckConstraint(condition=models.Q(('name_vi', ''), _negated=True), name='organisationname_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('code', models.CharField(default=core.people.models.dated.new_code, editable=False, max_length=20, unique=True)),
                ('act', models.CharField(choices=[('list_approver', 'Approve the list of orders'), ('task_approver', 'Approve a task'), ('amendment_approver', 'Approve an amendment'), ('council_founder', 'Establish a council'), ('payment_approver', 'Approve a payment'), ('contract_signer', 'Sign a contract')], max_length=30, verbose_name='Matter decided')),
                ('level', models.CharField(blank=True, choices=[('national', 'National'), ('ministry', 'Ministry'), ('provincial', 'Provincial'), ('grassroots', 'Grassroots')], max_length=20, verbose_name='Level')),
                ('regulation', models.CharField(blank=True, max_length=30, verbose_name='Regulation')),
                ('payer', models.CharField(blank=True, choices=[('fund', 'Fund'), ('department_budget', 'Department budget'), ('host', 'Host organisation'), ('other', 'Other')], max_length=30, verbose_name='Payer')),
                ('amount_from_vnd', core.money.VNDField(default=0, verbose_name='Amount from')),
                ('amount_to_vnd', core.money.VNDField(blank=True, null=True, verbose_name='Amount to')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorities', to='people.organisation', verbose_name='Body')),
                ('positions', models.JSONField(validators=[core.people.models.authority.known_positions], verbose_name='Positions')),
                ('authority_line', models.CharField(blank=True, choices=[('', "In one's own right"), ('KT.', 'Signs for the head (KT.)'), ('TM.', 'On behalf of the collective (TM.)'), ('TUQ.', 'By written delegation (TUQ.)'), ('TL.', 'By order (TL.)'), ('Q.', 'Acting head (Q.)')], max_length=5, verbose_name='Authority line')),
                ('title_line', models.CharField(max_length=200, verbose_name='Title as printed')),
                ('delegated_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='people.authority')),
                ('delegation_document', models.CharField(blank=True, max_length=200, verbose_name='Delegation document')),
            ],
            options={
                'verbose_name': 'authority',
                'verbose_name_plural': 'authorities',
                'ordering': ['act', 'level', 'regulation', 'payer', 'amount_from_vnd', 'valid_from'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='authority_ends_after_start'), models.CheckConstraint(condition=models.Q(('act__in', ['list_approver', 'task_approver', 'amendment_approver', 'council_founder', 'payment_approver', 'contract_signer'])), name='authority_act_known'), models.CheckConstraint(condition=models.Q(('amount_from_vnd__gte', 0), ('amount_from_vnd__lte', 1000000000000000)), name='authority_amount_from_in_range'), models.CheckConstraint(condition=models.Q(('amount_to_vnd__gte', 0), ('amount_to_vnd__lte', 1000000000000000)), name='authority_amount_to_in_range'), models.CheckConstraint(condition=models.Q(('amount_to_vnd__isnull', True), ('amount_to_vnd__gte', models.F('amount_from_vnd')), _connector='OR'), name='authority_amounts_in_order'), models.CheckConstraint(condition=models.Q(('delegated_from__isnull', True), models.Q(('valid_to__isnull', False), models.Q(('delegation_document', ''), _negated=True)), _connector='OR'), name='authority_delegation_is_written_and_limited')],
            },
        ),
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('code', models.CharField(default=core.people.models.dated.new_code, editable=False, max_length=20, unique=True)),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='E-mail')),
                ('full_name', models.CharField(max_length=120, verbose_name='Full name')),
                ('academic_title', models.CharField(blank=True, max_length=40, verbose_name='Academic title')),
                ('sort_key', models.CharField(db_index=True, editable=False, max_length=255)),
                ('folded', models.CharField(editable=False, max_length=200)),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='Telephone')),
                ('language', models.CharField(choices=core.people.models.user.languages, default='vi', max_length=5, verbose_name='Language')),
                ('is_active', models.BooleanField(default=True)),
                ('is_demo', models.BooleanField(default=False, editable=False)),
                ('created_at', models.DateTimeField(default=core.clock.instants.now, editable=False)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ['sort_key', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('email', django.db.models.functions.text.Lower('email')), models.Q(('email', ''), _negated=True)), name='user_email_is_folded'), models.CheckConstraint(condition=models.Q(('is_superuser', False)), name='user_is_no_superuser')],
            },
        ),
        migrations.CreateModel(
            name='RightsRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=core.people.models.dated.new_code, editable=False, max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('add_membership', 'Give a role'), ('end_membership', 'End a role'), ('add_authority', 'Add a rule of who decides'), ('delegate', 'Delegate a power'), ('end_authority', 'End a rule of who decides'), ('reactivate_user', 'Open the account again'), ('deactivate_user', 'Close the account'), ('succeed', 'Merger, split or dissolution'), ('rename_organisation', 'New name or address')], max_length=20, verbose_name='Matter')),
                ('facts', models.JSONField()),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rights_requests', to=settings.AUTH_USER_MODEL)),
                ('document_number', models.CharField(blank=True, max_length=80, verbose_name='Document: number and symbol')),
                ('document_date', models.DateField(blank=True, null=True, verbose_name='Document: date')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField(null=True)),
                ('granted', models.BooleanField(null=True)),
                ('answer', models.TextField(blank=True, verbose_name='Answer')),
            ],
            options={
                'verbose_name': 'right to be confirmed',
                'verbose_name_plural': 'rights to be confirmed',
                'ordering': ['asked_at', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['add_membership', 'end_membership', 'add_authority', 'delegate', 'end_authority', 'reactivate_user', 'deactivate_user', 'succeed', 'rename_organisation'])), name='rights_request_kind_known'), models.CheckConstraint(condition=models.Q(('granted__isnull', True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='rights_request_decided_by_somebody'), models.CheckConstraint(condition=models.Q(('granted__isnull', True), ('granted', False), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='rights_request_two_persons'), models.CheckConstraint(condition=models.Q(('granted__isnull', True), ('granted', False), ('person__isnull', True), models.Q(('decided_by', models.F('person')), _negated=True), _connector='OR'), name='rights_request_not_for_oneself')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('predecessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='people.organisation')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='people.organisation')),
                ('kind', models.CharField(choices=[('rename', 'Renamed'), ('merge', 'Merged'), ('split', 'Split'), ('dissolve', 'Dissolved')], max_length=10, verbose_name='Kind')),
                ('decision', models.CharField(max_length=120, verbose_name='Decision')),
                ('effective_on', models.DateField(verbose_name='In force from')),
            ],
            options={
                'ordering': ['effective_on', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('predecessor', 'successor', 'effective_on'), name='succession_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'rename'), ('successor', models.F('predecessor'))), models.Q(('kind', 'dissolve'), ('successor__isnull', True)), models.Q(('kind__in', ['merge', 'split']), ('successor__isnull', False), models.Q(('successor', models.F('predecessor')), _negated=True)), _connector='OR'), name='succession_kind_fits')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('code', models.CharField(default=core.people.models.dated.new_code, editable=False, max_length=20, unique=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='people.organisation')),
                ('role', models.CharField(choices=[('applicant', 'Applicant'), ('organisation_signer', 'Signer of the organisation'), ('officer', 'Officer'), ('head_of_division', 'Head of division'), ('department_director', 'Director of the department'), ('ppc_chair', "Chair of the Provincial People's Committee"), ('council_member', 'Council member'), ('administrative_secretary', 'Administrative secretary'), ('fund_officer', 'Fund officer'), ('chief_accountant', 'Chief accountant'), ('fund_director', 'Director of the fund'), ('clerk', 'Clerk'), ('receiving_body', 'Receiving body'), ('inspector', 'Inspector'), ('system_administrator', 'System administrator')], max_length=30, verbose_name='Role')),
                ('position', models.CharField(blank=True, max_length=120, verbose_name='Position')),
            ],
            options={
                'ordering': ['role', 'organisation', 'pk'],
                'abstract': False,
                'indexes': [models.Index(fields=['organisation', 'role'], name='membership_by_role')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='membership_ends_after_start'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('user', 'organisation', 'role'), name='membership_one_current'), models.UniqueConstraint(fields=('user', 'organisation', 'role', 'valid_from'), name='membership_starts_once'), models.CheckConstraint(condition=models.Q(('role__in', ['applicant', 'organisation_signer', 'officer', 'head_of_division', 'department_director', 'ppc_chair', 'council_member', 'administrative_secretary', 'fund_officer', 'chief_accountant', 'fund_director', 'clerk', 'receiving_body', 'inspector', 'system_administrator'])), name='membership_role_known')],
            },
        ),
        migrations.CreateModel(
            name='Expert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='expert', to=settings.AUTH_USER_MODEL)),
                ('field', models.CharField(max_length=120, verbose_name='Field')),
                ('keywords', models.CharField(blank=True, max_length=300, verbose_name='Keywords')),
                ('degree', models.CharField(blank=True, max_length=60, verbose_name='Degree')),
                ('affiliation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='experts', to='people.organisation')),
                ('position', models.CharField(blank=True, max_length=120, verbose_name='Position')),
                ('folded', models.CharField(editable=False, max_length=600)),
                ('is_available', models.BooleanField(default=True, verbose_name='Available')),
            ],
            options={
                'verbose_name': 'expert',
                'verbose_name_plural': 'experts',
                'ordering': ['user__sort_key', 'pk'],
            },
        ),
    ]
