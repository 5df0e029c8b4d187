"""Evidence names the agency as it was; a request wishes line by line; one set of signing words."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

CAPACITIES = {"head": "", "tm": "TM.", "q": "Q.", "kt": "KT.", "tl": "TL.", "tuq": "TUQ."}


def name_on(apps, agency, moment):
    """The name on the day of the act, as `Agency.name_on` finds it."""
    day = timezone.localdate(moment)
    periods = apps.get_model("agencies", "AgencyPeriod").objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=day), agency=agency, valid_from__lte=day
    )
    return periods.values_list("name", flat=True).first() or agency.name


def fill(apps, schema_editor):
    requests = apps.get_model("documents", "ChangeRequest").objects
    for asked in requests.select_related("agency"):
        decided = name_on(apps, asked.agency, asked.decided_at) if asked.decided_at else ""
        requests.filter(pk=asked.pk).update(
            proposed_agency=name_on(apps, asked.agency, asked.proposed_at), decided_agency=decided
        )
        # What the request wished, every line of it wished; what was new became this kind.
        asked.lines.update(
            wish=asked.wish, kind="internal_procedure" if asked.wish == "issue" else ""
        )
    reviews = apps.get_model("documents", "PeriodicReview").objects
    for review in reviews.select_related("document__agency"):
        name = name_on(apps, review.document.agency, review.at)
        reviews.filter(pk=review.pk).update(by_agency=name)
    promulgations = apps.get_model("documents", "Promulgation").objects
    for before, now in CAPACITIES.items():
        promulgations.filter(signing_capacity=before).update(signing_capacity=now)


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('documents', '0015_procedures'),
        ('vault', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='changerequest',
            name='documents_change_request_known',
        ),
        migrations.RemoveConstraint(
            model_name='changerequestline',
            name='documents_change_request_line_names_one',
        ),
        migrations.RemoveConstraint(
            model_name='promulgation',
            name='documents_promulgation_capacity_known',
        ),
        migrations.AddField(
            model_name='changerequest',
            name='decided_agency',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='changerequest',
            name='proposed_agency',
            field=models.CharField(default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='changerequestline',
            name='kind',
            field=models.CharField(blank=True, choices=[('manual', 'Sổ tay chất lượng'), ('policy', 'Chính sách chất lượng'), ('objectives', 'Mục tiêu chất lượng'), ('system_procedure', 'Quy trình hệ thống'), ('internal_procedure', 'Quy trình nội bộ'), ('tthc_procedure', 'Quy trình giải quyết TTHC'), ('work_instruction', 'Hướng dẫn công việc'), ('regulation', 'Quy định, quy chế'), ('form', 'Biểu mẫu'), ('external_document', 'Tài liệu bên ngoài'), ('guidance', 'Mẫu hướng dẫn của tỉnh')], max_length=20, verbose_name='loại tài liệu mới'),
        ),
        migrations.AddField(
            model_name='changerequestline',
            name='wish',
            field=models.CharField(choices=[('issue', 'Ban hành mới'), ('amend', 'Sửa đổi, bổ sung'), ('withdraw', 'Bãi bỏ')], default='', max_length=8, verbose_name='đề nghị'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='periodicreview',
            name='by_agency',
            field=models.CharField(default='', max_length=200),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='promulgation',
            name='signing_capacity',
            field=models.CharField(blank=True, choices=[('', 'Ký trực tiếp'), ('TM.', 'TM. (thay mặt tập thể)'), ('Q.', 'Q. (quyền)'), ('KT.', 'KT. (ký thay)'), ('TL.', 'TL. (thừa lệnh)'), ('TUQ.', 'TUQ. (thừa ủy quyền)')], max_length=4),
        ),
        migrations.RunPython(fill),
        migrations.RemoveField(
            model_name='changerequest',
            name='wish',
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['proposed', 'accepted', 'refused', 'retracted', 'done'])), name='documents_change_request_known'),
        ),
        migrations.AddConstraint(
            model_name='changerequestline',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('document', None), ('kind__in', ['manual', 'policy', 'objectives', 'system_procedure', 'internal_procedure', 'tthc_procedure', 'work_instruction', 'regulation', 'form', 'external_document', 'guidance']), ('wish', 'issue'), models.Q(('title', ''), _negated=True)), models.Q(('document__isnull', False), ('kind', ''), ('title', ''), ('wish__in', ['amend', 'withdraw'])), _connector='OR'), name='documents_change_request_line_names_one'),
        ),
        migrations.AddConstraint(
            model_name='promulgation',
            constraint=models.CheckConstraint(condition=models.Q(('signing_capacity__in', ['', 'TM.', 'Q.', 'KT.', 'TL.', 'TUQ.'])), name='documents_promulgation_capacity_known'),
        ),
    ]
