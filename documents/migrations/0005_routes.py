"""Routes, runs and their stations; deputies; comments; changes that were looked at.

SQLite makes the table of decisions anew for this, so the triggers of 0002 rest meanwhile.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

sealed = import_module("documents.migrations.0002_sealed")


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('documents', '0004_control'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(sealed.allow, sealed.forbid),
        migrations.CreateModel(
            name='Comment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('place', models.CharField(blank=True, max_length=330, verbose_name='về phần')),
                ('change_key', models.CharField(blank=True, max_length=40)),
                ('quote', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(verbose_name='ý kiến')),
                ('by_name', models.CharField(max_length=120)),
                ('by_position', models.CharField(blank=True, max_length=160)),
                ('at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, verbose_name='cách xử lý')),
                ('resolved_name', models.CharField(blank=True, max_length=120)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['version', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='từ ngày')),
                ('ends_on', models.DateField(verbose_name='đến hết ngày')),
                ('reason', models.CharField(max_length=300, verbose_name='căn cứ, lý do')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['-starts_on', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Route',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='tên tuyến')),
                ('kind', models.CharField(blank=True, choices=[('manual', 'Sổ tay chất lượng'), ('policy', 'Chính sách chất lượng'), ('objectives', 'Mục tiêu chất lượng'), ('system_procedure', 'Quy trình hệ thống'), ('internal_procedure', 'Quy trình nội bộ'), ('tthc_procedure', 'Quy trình giải quyết TTHC'), ('work_instruction', 'Hướng dẫn công việc'), ('regulation', 'Quy định, quy chế'), ('form', 'Biểu mẫu'), ('external_document', 'Tài liệu bên ngoài'), ('guidance', 'Mẫu hướng dẫn của tỉnh')], default='', max_length=20, verbose_name='loại tài liệu')),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
            ],
            options={
                'ordering': ['agency', 'kind', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RouteSeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(blank=True, choices=[('reviewer', 'Người soát xét'), ('approver', 'Người phê duyệt (lãnh đạo)'), ('quality', 'Thư ký ISO')], max_length=20)),
            ],
            options={
                'ordering': ['step', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='RouteStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(verbose_name='thứ tự')),
                ('duty', models.CharField(choices=[('reviewer', 'Soát xét'), ('approver', 'Phê duyệt')], max_length=10, verbose_name='việc')),
                ('rule', models.CharField(choices=[('any', 'Một người là đủ'), ('all', 'Tất cả mọi người'), ('some', 'Ít nhất một số người')], default='any', max_length=4, verbose_name='cần ai đồng ý')),
                ('needed', models.PositiveSmallIntegerField(default=1, verbose_name='số người')),
                ('days', models.PositiveSmallIntegerField(default=3, verbose_name='số ngày')),
            ],
            options={
                'ordering': ['route', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.PositiveIntegerField()),
                ('route_name', models.CharField(blank=True, max_length=120)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('outcome', models.CharField(blank=True, choices=[('approved', 'Đã phê duyệt'), ('sent_back', 'Trả lại để sửa'), ('recalled', 'Rút lại để sửa')], max_length=10)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['version', '-round'],
            },
        ),
        migrations.CreateModel(
            name='RunStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('duty', models.CharField(choices=[('reviewer', 'Soát xét'), ('approver', 'Phê duyệt')], max_length=10)),
                ('rule', models.CharField(choices=[('any', 'Một người là đủ'), ('all', 'Tất cả mọi người'), ('some', 'Ít nhất một số người')], max_length=4)),
                ('needed', models.PositiveSmallIntegerField(default=1)),
                ('days', models.PositiveSmallIntegerField(default=3)),
                ('state', models.CharField(choices=[('waiting', 'Chưa đến lượt'), ('open', 'Đang chờ'), ('done', 'Đã xong'), ('void', 'Không còn giá trị')], default='waiting', max_length=8)),
                ('due_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['run', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Seat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(blank=True, choices=[('reviewer', 'Người soát xét'), ('approver', 'Người phê duyệt (lãnh đạo)'), ('quality', 'Thư ký ISO')], max_length=20)),
            ],
            options={
                'ordering': ['step', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SeenChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=40)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='documents_sent_back_has_reason',
        ),
        migrations.RemoveConstraint(
            model_name='decision',
            name='documents_one_decision_per_duty',
        ),
        migrations.AddField(
            model_name='decision',
            name='capacity',
            field=models.CharField(blank=True, choices=[('', 'Ký trực tiếp'), ('TM.', 'TM. (thay mặt tập thể)'), ('Q.', 'Q. (quyền)'), ('KT.', 'KT. (ký thay)'), ('TL.', 'TL. (thừa lệnh)'), ('TUQ.', 'TUQ. (thừa ủy quyền)')], max_length=4),
        ),
        migrations.AddField(
            model_name='decision',
            name='capacity_of',
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name='decision',
            name='for_name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='decision',
            name='for_whom',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='decision',
            name='method',
            field=models.CharField(choices=[('session', 'Phiên đăng nhập'), ('password', 'Nhập lại mật khẩu khi ký')], default='session', max_length=10),
        ),
        migrations.AlterField(
            model_name='decision',
            name='verdict',
            field=models.CharField(choices=[('agreed', 'Đồng ý'), ('sent_back', 'Trả lại để sửa'), ('step_back', 'Trả về bước trước')], max_length=10),
        ),
        migrations.AddField(
            model_name='comment',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='resolved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='comment',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='comments', to='documents.version'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='delegation',
            name='deputy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_held', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='delegation',
            name='giver',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='delegations_given', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='route',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='routes', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='routeseat',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='routeseat',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit'),
        ),
        migrations.AddField(
            model_name='routestep',
            name='route',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='documents.route'),
        ),
        migrations.AddField(
            model_name='routeseat',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='documents.routestep'),
        ),
        migrations.AddField(
            model_name='run',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='documents.version'),
        ),
        migrations.AddField(
            model_name='runstep',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='documents.run'),
        ),
        migrations.AddField(
            model_name='decision',
            name='step',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='documents.runstep'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('verdict', 'agreed'), models.Q(('comment', ''), _negated=True), _connector='OR'), name='documents_sent_back_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('capacity', ''), ('capacity_of', '')), models.Q(models.Q(('capacity', ''), _negated=True), models.Q(('capacity_of', ''), _negated=True)), _connector='OR'), name='documents_capacity_names_whose'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('step', None)), fields=('version', 'round', 'duty'), name='documents_one_decision_per_duty'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(condition=models.Q(('verdict', 'agreed')), fields=('step', 'by'), name='documents_one_agreement_per_person'),
        ),
        migrations.AddField(
            model_name='seat',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seats', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='seat',
            name='step',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seats', to='documents.runstep'),
        ),
        migrations.AddField(
            model_name='seat',
            name='unit',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.unit'),
        ),
        migrations.AddField(
            model_name='seenchange',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='seenchange',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seen_changes', to='documents.version'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(('text', ''), _negated=True), name='documents_comment_says_something'),
        ),
        migrations.AddConstraint(
            model_name='comment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('resolved_at', None), ('resolved_by', None)), models.Q(('resolved_at__isnull', False), ('resolved_by__isnull', False)), _connector='OR'), name='documents_comment_resolved_by_somebody'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('giver', models.F('deputy')), _negated=True), name='documents_deputy_is_another'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='documents_delegation_dates_in_order'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='documents_delegation_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='route',
            constraint=models.UniqueConstraint(condition=models.Q(('retired_at', None)), fields=('agency', 'kind'), name='documents_one_route_per_kind'),
        ),
        migrations.AddConstraint(
            model_name='routestep',
            constraint=models.CheckConstraint(condition=models.Q(('duty__in', ['reviewer', 'approver']), ('rule__in', ['any', 'all', 'some']), ('needed__gte', 1), ('days__gte', 1)), name='documents_route_step_makes_sense'),
        ),
        migrations.AddConstraint(
            model_name='routeseat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('role', ''), ('unit', None)), models.Q(('person', None), models.Q(('role', ''), _negated=True)), _connector='OR'), name='documents_route_seat_is_person_or_role'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.UniqueConstraint(fields=('version', 'round'), name='documents_one_run_a_round'),
        ),
        migrations.AddConstraint(
            model_name='run',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='documents_run_ends_with_outcome'),
        ),
        migrations.AddIndex(
            model_name='runstep',
            index=models.Index(fields=['state', 'due_on'], name='documents_run_step_open'),
        ),
        migrations.AddConstraint(
            model_name='runstep',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'open', 'done', 'void'])), name='documents_run_step_state_known'),
        ),
        migrations.AddConstraint(
            model_name='seat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('person__isnull', False), ('role', ''), ('unit', None)), models.Q(('person', None), models.Q(('role', ''), _negated=True)), _connector='OR'), name='documents_seat_is_person_or_role'),
        ),
        migrations.AddConstraint(
            model_name='seenchange',
            constraint=models.UniqueConstraint(fields=('person', 'version', 'key'), name='documents_change_seen_once'),
        ),
        migrations.RunPython(sealed.forbid, sealed.allow),
    ]
