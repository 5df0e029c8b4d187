"""The shipped texts come in once, and never over what an editor changed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from documents.models import Version
from documents.services import draft as drafts
from qms.library.models import Template

pytestmark = pytest.mark.django_db


def load(**options):
    out = StringIO()
    call_command("load_library", by="editor", stdout=out, **options)
    return out.getvalue()


def test_all_shipped_texts_are_published_and_sealed(editor, clauses):
    load(publish=True)
    shipped = Template.objects.published()

    assert shipped.count() >= 5
    assert all(v.sealed_file for v in Version.objects.in_force())


def test_a_second_run_brings_nothing(library):
    before = Version.objects.count()

    assert "0 mẫu" in load(publish=True, only=["M-QT-01", "M-QT-02"])
    assert Version.objects.count() == before


def test_what_an_editor_changed_stays(template, editor):
    drafts.revise(template.document.versions.get(), by=editor)

    assert "0 mẫu" in load(only=["M-QT-01"])


def test_only_an_editor_loads(province, clauses, cast):
    with pytest.raises((CommandError, PermissionError)):
        call_command("load_library", by="nobody", stdout=StringIO())
