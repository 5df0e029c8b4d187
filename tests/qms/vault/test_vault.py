"""A file is kept once under its hash, and given back only while it is what it was."""

import errno
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from qms.kernel.refusals import Unavailable
from qms.vault import services
from qms.vault.models import Blob
from qms.vault.services import Missing, Tampered

pytestmark = pytest.mark.django_db


def keep(data=b"abc", name="a.pdf"):
    return services.keep(data, media_type="application/pdf", name=name)


def test_the_same_bytes_are_kept_once():
    first, again = keep(), keep(name="khác.pdf")

    assert first == again
    assert (first.size, first.name) == (3, "a.pdf")
    assert services.read(first) == b"abc"
    files = [p for p in Path(django_settings.FILES_DIR).rglob("*") if p.is_file()]
    assert [p.name for p in files] == [first.sha256]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/abs", "a" * 500, "", "con\n.pdf", "tài liệu.docx"]
)
def test_a_name_is_shown_and_never_a_path(name):
    blob = keep(name=name)

    inside = Path(django_settings.FILES_DIR).resolve()
    assert inside in services.path_of(blob.sha256).resolve().parents
    assert len(blob.name) <= 200


@pytest.mark.parametrize("change", [b"abd", b"", b"abcd"])
def test_changed_bytes_are_never_given_back(change):
    blob = keep()
    services.path_of(blob.sha256).write_bytes(change)

    with pytest.raises(Tampered):
        services.read(blob)


def test_a_lost_file_is_told():
    blob = keep()
    services.path_of(blob.sha256).unlink()

    with pytest.raises(Missing, match=blob.sha256[:12]):
        services.read(blob)


def test_verify_files_names_what_is_wrong():
    whole, lost = keep(b"1"), keep(b"2", "mất.pdf")
    out = StringIO()
    call_command("verify_files", stdout=out)
    assert "Nguyên vẹn: 2 tệp" in out.getvalue()

    services.path_of(lost.sha256).unlink()
    told = StringIO()
    with pytest.raises(CommandError, match="1 tệp"):
        call_command("verify_files", stdout=StringIO(), stderr=told)
    assert "mất.pdf" in told.getvalue()
    assert str(whole.sha256[:12]) not in told.getvalue()


def test_a_full_disk_leaves_no_row_and_no_half_file(monkeypatch):
    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(services.os, "fsync", full)
    with pytest.raises(Unavailable, match="đã đầy"):
        keep()
    assert not Blob.objects.exists()
    assert [p for p in Path(django_settings.FILES_DIR).rglob("*") if p.is_file()] == []


def test_the_register_takes_no_name_that_is_no_hash():
    with pytest.raises(IntegrityError), transaction.atomic():
        Blob.objects.create(sha256="../../x", size=1, media_type="x", name="x")
