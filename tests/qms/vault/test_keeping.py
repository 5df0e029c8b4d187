"""What is kept can be read, whoever kept it, how often, and whatever happened in between."""

import hashlib
import threading
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from qms.kernel.refusals import Gone, Refusal, Unavailable
from qms.vault import services
from qms.vault.models import Blob
from qms.vault.services import Missing, Tampered

pytestmark = pytest.mark.django_db


def keep(data=b"abc", name="a.pdf"):
    return services.keep(data, media_type="application/pdf", name=name)


def file_of(blob) -> Path:
    return services.path_of(blob.sha256)


def files() -> list[Path]:
    return [p for p in Path(django_settings.FILES_DIR).rglob("*") if p.is_file()]


@pytest.mark.parametrize("data", [b"", b"\x00", "Đồng Tháp".encode(), bytes(range(256)) * 20_000])
def test_bytes_come_back_as_they_were_under_their_own_hash(data):
    blob = keep(data)

    assert services.read(blob) == data
    assert blob.sha256 == hashlib.sha256(data).hexdigest()
    assert blob.size == len(data) == file_of(blob).stat().st_size


@pytest.mark.parametrize("harm", [
    lambda file: file.write_bytes(b"abd"), lambda file: file.write_bytes(b""), lambda file: file.unlink(),
])  # fmt: skip
def test_keeping_the_same_bytes_again_makes_a_harmed_file_whole(harm):
    blob = keep()
    harm(file_of(blob))
    with pytest.raises(Refusal):
        services.read(blob)

    assert keep() == blob
    assert services.read(blob) == b"abc"
    assert len(files()) == 1


def test_keeping_again_does_not_touch_a_whole_file():
    before = file_of(keep()).stat()
    after = file_of(keep()).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_a_rolled_back_act_leaves_no_row_and_its_file_is_used_later():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        keep()
        raise ZeroDivisionError
    assert not Blob.objects.exists()
    assert len(files()) == 1

    assert services.read(keep()) == b"abc"
    assert len(files()) == 1


def test_a_file_changed_to_another_of_the_same_length_is_refused():
    blob = keep(b"a" * 10_000)
    file_of(blob).write_bytes(b"a" * 9_999 + b"b")

    with pytest.raises(Tampered, match=r"“a\.pdf”"):
        services.read(blob)


def test_a_file_changed_for_another_kept_one_is_refused():
    blob, other = keep(b"1"), keep(b"2")
    file_of(blob).write_bytes(file_of(other).read_bytes())

    with pytest.raises(Tampered):
        services.read(blob)
    assert services.read(other) == b"2"


def test_a_link_to_somewhere_else_gives_nothing_away(tmp_path):
    secret = tmp_path / "secret"
    secret.write_bytes(b"root:x:0:0")
    blob = keep()
    file_of(blob).unlink()
    file_of(blob).symlink_to(secret)

    with pytest.raises(Tampered):
        services.read(blob)


def test_a_file_that_cannot_be_read_says_so_and_not_that_it_is_gone():
    blob = keep()
    file_of(blob).unlink()
    file_of(blob).mkdir()

    with pytest.raises(Unavailable, match="không đọc"):
        services.read(blob)


def test_a_lost_folder_is_a_lost_file():
    blob = keep()
    file_of(blob).rename(Path(django_settings.FILES_DIR) / "elsewhere")
    file_of(blob).parent.rmdir()

    with pytest.raises(Missing) as told:
        services.read(blob)
    assert isinstance(told.value, Gone)
    assert told.value.status == 410


@pytest.mark.parametrize("sha256", [
    "../" * 21 + "x", "/etc/passwd", "A" * 64, "g" * 64, "a" * 63, "", "a" * 32 + "/" + "a" * 31,
])  # fmt: skip
def test_the_register_refuses_every_name_that_would_lead_elsewhere(sha256):
    with pytest.raises(IntegrityError), transaction.atomic():
        Blob.objects.create(sha256=sha256[:64], size=1, media_type="x", name="x")


def test_the_name_people_gave_is_kept_for_showing_only():
    blob = keep(name="../../etc/Tài liệu số 1.docx")

    assert str(blob) == "../../etc/Tài liệu số 1.docx"
    assert [p.name for p in files()] == [blob.sha256]


def test_verify_files_names_every_bad_one_and_no_other():
    whole, changed, lost = keep(b"1", "tốt.pdf"), keep(b"2", "sửa.pdf"), keep(b"3", "mất.pdf")
    file_of(changed).write_bytes(b"x")
    file_of(lost).unlink()

    told = StringIO()
    with pytest.raises(CommandError, match="2 tệp"):
        call_command("verify_files", stdout=StringIO(), stderr=told)
    lines = told.getvalue().splitlines()
    assert [line.split(":")[0] for line in lines] == [str(changed.pk), str(lost.pk)]
    assert "đã bị thay đổi" in lines[0]
    assert "không còn trong kho" in lines[1]
    assert whole.name not in told.getvalue()


def test_verify_files_is_content_with_an_empty_vault():
    out = StringIO()
    call_command("verify_files", stdout=out)
    assert "0 tệp" in out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_same_bytes_handed_in_at_once_are_kept_once():
    kept = []
    start = threading.Barrier(6)

    def one():
        try:
            start.wait(10)
            kept.append(keep(b"x" * 200_000).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert kept == [Blob.objects.get().pk] * 6
    assert len(files()) == 1
    assert services.read(Blob.objects.get()) == b"x" * 200_000
