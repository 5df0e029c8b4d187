"""The clock and the demonstration data."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.utils import timezone

from audits.models import Audit, Nonconformity
from documents.models import Version
from qms.agencies.models import Agency, AgencyKind, Role, User
from qms.library.models import Template
from qms.search import index
from qms.trail.services import first_fault
from tests.signing import approve

pytestmark = pytest.mark.django_db


def run_due() -> str:
    out = StringIO()
    call_command("run_due", stdout=out)
    return out.getvalue()


def test_the_clock_puts_a_due_version_in_force_and_supersedes_the_last(in_approval, cast):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    approve(in_approval, by=cast["approver"], effective_on=tomorrow)
    assert "có hiệu lực" not in run_due()

    Version.objects.filter(pk=in_approval.pk).update(effective_on=timezone.localdate())
    assert "QT-03" in run_due()
    in_approval.refresh_from_db()
    assert in_approval.state == "in_force"
    assert "có hiệu lực" not in run_due()


def test_the_clock_mends_a_lost_index(in_force, agency):
    run_due()
    (Path(django_settings.INDEX_DIR) / f"agency-{agency.pk}" / ".manifest").unlink()
    assert not index.healthy(f"agency-{agency.pk}")

    assert "đã dựng lại chỉ mục" in run_due()
    assert index.healthy(f"agency-{agency.pk}")


def test_the_demonstration_is_a_province_at_work():
    out = StringIO()
    call_command("load_demo", "--print-accounts", "--port=8077", stdout=out)

    kinds = [AgencyKind.COMMUNE, AgencyKind.WARD]
    assert Agency.objects.filter(kind__in=kinds).count() == 102
    assert Agency.objects.exclude(kind__in=kinds).count() >= 12
    assert Template.objects.published().count() >= 3
    assert set(Audit.objects.values_list("state", flat=True)) == {"reported", "in_progress"}
    assert {"closed", "in_progress", "proposed"} <= set(
        Nonconformity.objects.values_list("state", flat=True)
    )
    assert {"in_force", "superseded", "in_review", "in_approval", "approved", "draft"} <= set(
        Version.objects.values_list("state", flat=True)
    )
    for agency in Agency.objects.filter(documents__isnull=False).distinct():
        assert first_fault(agency) is None
    told = out.getvalue()
    assert "http://127.0.0.1:8077/" in told
    for role in Role:
        assert str(role.label) in told

    before = User.objects.count(), Version.objects.count()
    call_command("load_demo", stdout=StringIO())
    assert (User.objects.count(), Version.objects.count()) == before
