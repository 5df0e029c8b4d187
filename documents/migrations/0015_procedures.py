"""The details of TTHC procedures, guarded like every part of a version; an agency's own days."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

sealed = import_module("documents.migrations.0002_sealed")


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0014_writing'),
    ]

    operations = [
        migrations.RunPython(sealed.allow, sealed.forbid),
        migrations.AddField(
            model_name='controlsettings',
            name='days_off',
            field=models.JSONField(blank=True, default=list, verbose_name='ngày nghỉ riêng'),
        ),
        migrations.AddField(
            model_name='controlsettings',
            name='days_worked',
            field=models.JSONField(blank=True, default=list, verbose_name='ngày làm bù riêng'),
        ),
        migrations.CreateModel(
            name='ProcedureDetails',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('national_code', models.CharField(blank=True, max_length=40, verbose_name='mã thủ tục')),
                ('field', models.CharField(blank=True, max_length=200, verbose_name='lĩnh vực')),
                ('level', models.CharField(blank=True, choices=[('province', 'Cấp tỉnh'), ('commune', 'Cấp xã'), ('both', 'Cấp tỉnh và cấp xã')], max_length=10, verbose_name='cấp giải quyết')),
                ('online', models.CharField(blank=True, choices=[('full', 'Toàn trình'), ('part', 'Một phần'), ('none', 'Không cung cấp trực tuyến')], max_length=10, verbose_name='dịch vụ công')),
                ('act_number', models.CharField(blank=True, max_length=60, verbose_name='số quyết định công bố')),
                ('act_on', models.DateField(blank=True, null=True, verbose_name='ngày quyết định công bố')),
                ('minutes', models.PositiveIntegerField(default=0, verbose_name='tổng thời gian')),
                ('unit', models.CharField(choices=[('hour', 'giờ làm việc'), ('day', 'ngày làm việc')], default='day', max_length=5)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='procedure', to='documents.version')),
            ],
            options={
                'verbose_name_plural': 'procedure details',
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['', 'province', 'commune', 'both']), ('online__in', ['', 'full', 'part', 'none']), ('unit__in', ['hour', 'day'])), name='documents_procedure_words_known')],
            },
        ),
        migrations.CreateModel(
            name='ProcedureStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveIntegerField()),
                ('name', models.TextField(verbose_name='trình tự')),
                ('responsible', models.CharField(blank=True, max_length=300, verbose_name='trách nhiệm')),
                ('minutes', models.PositiveIntegerField(default=0, verbose_name='thời gian')),
                ('unit', models.CharField(choices=[('hour', 'giờ làm việc'), ('day', 'ngày làm việc')], default='day', max_length=5)),
                ('result', models.TextField(blank=True, verbose_name='biểu mẫu, kết quả')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='documents.version')),
            ],
            options={
                'ordering': ['version', 'order'],
                'constraints': [models.UniqueConstraint(fields=('version', 'order'), name='documents_step_once_in_its_place'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), ('unit__in', ['hour', 'day'])), name='documents_step_says_what_is_done')],
            },
        ),
        migrations.RunPython(sealed.forbid, sealed.allow),
    ]
