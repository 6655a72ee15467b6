import core.clock.instants
import core.people.models.dated
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
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=core.people.models.dated.new_code, editable=False, max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('call_announcement', 'Announcement of a call'), ('proposal_receipt', 'Receipt of a proposal'), ('dossier_receipt', 'Receipt of a dossier'), ('return_letter', 'Request to complete a file'), ('refusal_letter', 'Letter of refusal'), ('council_decision', 'Decision establishing a council'), ('council_minutes', 'Minutes of a council'), ('list_decision', 'Decision approving the list of ordered tasks'), ('selection_call', 'Selection call'), ('invitation_letter', 'Invitation for direct assignment'), ('opening_minutes', 'Minutes of the opening of dossiers'), ('appraisal_minutes', 'Minutes of the budget appraisal'), ('approval_decision', 'Decision approving a task'), ('cancellation_decision', 'Decision cancelling an ordered task'), ('revocation_decision', 'Decision revoking an approval'), ('contract', 'Contract'), ('contract_annex', 'Annex to a contract'), ('disbursement_decision', 'Decision to disburse'), ('inspection_minutes', 'Minutes of an inspection'), ('amendment_decision', 'Decision amending a task'), ('suspension_decision', 'Decision suspending a task'), ('resumption_decision', 'Decision resuming a task'), ('termination_decision', 'Decision terminating a contract'), ('recovery_decision', 'Decision recovering funds'), ('acceptance_minutes', 'Minutes of the acceptance council'), ('registration_certificate', 'Certificate of registration of results'), ('recognition_decision', 'Decision recognising results'), ('settlement_minutes', 'Minutes of the settlement'), ('liquidation_minutes', 'Minutes of the liquidation of a contract'), ('archive_record', 'Record of delivery to the archive')], max_length=40, verbose_name='Kind')),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('refused', 'Draft refused'), ('numbered', 'Issued'), ('void', 'Void')], default='draft', max_length=10, verbose_name='Status')),
                ('needs_signature', models.BooleanField()),
                ('language', models.CharField(default='vi', max_length=5)),
                ('about', models.CharField(max_length=500, verbose_name='Subject line')),
                ('folded', models.CharField(editable=False, max_length=700)),
                ('subject_type', models.CharField(max_length=40)),
                ('subject_code', models.CharField(max_length=80, verbose_name='Record')),
                ('step', models.CharField(max_length=60)),
                ('event_uuid', models.UUIDField(editable=False, null=True, unique=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='people.organisation', verbose_name='Issuing body')),
                ('template_version', models.CharField(max_length=20)),
                ('context', models.JSONField(default=dict)),
                ('header', models.JSONField(default=dict)),
                ('series', models.CharField(choices=[('outgoing', 'Outgoing papers'), ('incoming', 'Incoming papers'), ('requests', 'Requests to complete a file'), ('minutes', 'Minutes'), ('contracts', 'Contracts'), ('certificates', 'Certificates')], max_length=20, verbose_name='Register')),
                ('source', models.CharField(blank=True, choices=[('own', 'Drawn here'), ('external', "Given by the body's own register")], max_length=10)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('number', models.PositiveIntegerField(null=True, verbose_name='Number')),
                ('symbol', models.CharField(blank=True, max_length=60, verbose_name='Number and symbol')),
                ('numbered_on', models.DateField(null=True, verbose_name='Date of the paper')),
                ('numbered_at', models.DateTimeField(null=True)),
                ('numbered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('signer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='Signer')),
                ('signed_on', models.DateField(null=True, verbose_name='Signed on')),
                ('channel', models.CharField(blank=True, choices=[('in_system', 'In the system'), ('paper', 'On paper'), ('other_system', 'From another system')], max_length=20)),
                ('prepared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('prepared_at', models.DateTimeField(default=core.clock.instants.now)),
                ('endorsed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('endorsed_at', models.DateTimeField(null=True)),
                ('countersigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('countersigned_at', models.DateTimeField(null=True)),
                ('other_signer', models.CharField(blank=True, max_length=120, verbose_name='Signed for the other party by')),
                ('other_signed_on', models.DateField(null=True, verbose_name='Signed for the other party on')),
                ('refused_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('refused_at', models.DateTimeField(null=True)),
                ('voided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('voided_at', models.DateTimeField(null=True)),
                ('reason', models.TextField(blank=True)),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='documents.document')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'ordering': ['-prepared_at', '-pk'],
                'indexes': [models.Index(fields=['subject_type', 'subject_code'], name='document_subject'), models.Index(fields=['status', 'kind'], name='document_status_kind'), models.Index(fields=['-numbered_on', '-number'], name='document_register')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['call_announcement', 'proposal_receipt', 'dossier_receipt', 'return_letter', 'refusal_letter', 'council_decision', 'council_minutes', 'list_decision', 'selection_call', 'invitation_letter', 'opening_minutes', 'appraisal_minutes', 'approval_decision', 'cancellation_decision', 'revocation_decision', 'contract', 'contract_annex', 'disbursement_decision', 'inspection_minutes', 'amendment_decision', 'suspension_decision', 'resumption_decision', 'termination_decision', 'recovery_decision', 'acceptance_minutes', 'registration_certificate', 'recognition_decision', 'settlement_minutes', 'liquidation_minutes', 'archive_record'])), name='document_kind_known'), models.CheckConstraint(condition=models.Q(('status__in', ['draft', 'refused', 'numbered', 'void'])), name='document_status_known'), models.CheckConstraint(condition=models.Q(('status__in', ('numbered', 'void')), models.Q(('number__isnull', True), ('numbered_on__isnull', True), ('source', ''), ('symbol', ''), ('year__isnull', True)), _connector='OR'), name='document_draft_has_no_number'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('numbered', 'void')), _negated=True), models.Q(('number__gt', 0), ('numbered_on__isnull', False), ('year__isnull', False), models.Q(('symbol', ''), _negated=True), models.Q(('source', ''), _negated=True)), _connector='OR'), name='document_issued_has_number'), models.CheckConstraint(condition=models.Q(models.Q(('status__in', ('numbered', 'void')), _negated=True), ('needs_signature', False), models.Q(('signed_on__isnull', False), ('signer__isnull', False)), _connector='OR'), name='document_issued_is_signed'), models.CheckConstraint(condition=models.Q(('signed_on__isnull', True), ('numbered_on__isnull', True), ('signed_on__lte', models.F('numbered_on')), _connector='OR'), name='document_signed_before_number'), models.CheckConstraint(condition=models.Q(models.Q(('other_signed_on__isnull', True), ('other_signer', '')), models.Q(models.Q(('other_signer', ''), _negated=True), ('other_signed_on__isnull', False)), _connector='OR'), name='document_other_side_has_name_and_day'), models.CheckConstraint(condition=models.Q(models.Q(('countersigned_at__isnull', True), ('countersigned_by__isnull', True)), models.Q(('countersigned_at__isnull', False), ('countersigned_by__isnull', False), ('other_signed_on__isnull', False)), _connector='OR'), name='document_countersigned_by_somebody'), models.CheckConstraint(condition=models.Q(('other_signed_on__isnull', True), ('numbered_on__isnull', True), ('other_signed_on__lte', models.F('numbered_on')), _connector='OR'), name='document_other_side_signed_before_number'), models.CheckConstraint(condition=models.Q(('countersigned_by__isnull', True), models.Q(models.Q(('countersigned_by', models.F('prepared_by')), _negated=True), models.Q(('countersigned_by', models.F('endorsed_by')), _negated=True), models.Q(('countersigned_by', models.F('signer')), _negated=True)), _connector='OR'), name='document_sides_are_two_persons'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'void'), _negated=True), models.Q(('voided_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='document_void_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'refused'), _negated=True), models.Q(('refused_by__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='document_refused_has_reason'), models.UniqueConstraint(condition=models.Q(('status', 'draft')), fields=('subject_type', 'subject_code', 'step'), name='document_one_open_draft'), models.UniqueConstraint(condition=models.Q(('number__isnull', False)), fields=('body', 'year', 'symbol'), name='document_symbol_once'), models.UniqueConstraint(condition=models.Q(('source', 'own')), fields=('body', 'series', 'year', 'number'), name='document_own_number_once')],
            },
        ),
        migrations.CreateModel(
            name='DocumentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='documents.document')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('signed', 'Signed by the person'), ('numbered', 'Numbered'), ('sealed', 'Sealed by the organisation')], max_length=10)),
                ('path', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('size', models.PositiveBigIntegerField()),
                ('pages', models.PositiveSmallIntegerField()),
                ('template_version', models.CharField(max_length=20)),
                ('rendered_at', models.DateTimeField(default=core.clock.instants.now)),
            ],
            options={
                'ordering': ['rendered_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('document', 'state'), name='documentfile_one_per_state'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'signed', 'numbered', 'sealed'])), name='documentfile_state_known'), models.CheckConstraint(condition=models.Q(('pages__gt', 0), ('size__gt', 0)), name='documentfile_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='VoidRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='void_requests', to='documents.document')),
                ('reason', models.TextField(verbose_name='Reason')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('asked_at', models.DateTimeField(default=core.clock.instants.now)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField(null=True)),
                ('granted', models.BooleanField(null=True)),
                ('answer', models.TextField(blank=True)),
            ],
            options={
                'verbose_name': 'request to declare a paper void',
                'verbose_name_plural': 'requests to declare papers void',
                'ordering': ['-asked_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('granted__isnull', True)), fields=('document',), name='voidrequest_once'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='voidrequest_two_persons'), models.CheckConstraint(condition=models.Q(('granted__isnull', True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='voidrequest_decided_by_somebody'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='voidrequest_has_reason')],
            },
        ),
    ]
