"""ZIP archives: right names for honest ones, a sentence for hostile ones, nothing written anywhere."""

import io
import stat
import struct
import time
import unicodedata
import zipfile

import pytest

from documents.services import archive
from qms.kernel.refusals import Unacceptable
from tests.qms.word import files

DATA = files.procedure()


def packed(*members):
    """An archive of these (name or ZipInfo, data) pairs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in members:
            made.writestr(name, data)
    return out


def raw_named(name):
    """An archive of one file whose name is exactly these bytes."""
    placeholder = "x" * len(name)
    data = packed((placeholder, DATA)).getvalue().replace(placeholder.encode(), name)
    return io.BytesIO(data)


def only(made):
    (one,) = archive.handed_in(made)
    return one


def told(made):
    return {one.name: one.reason for one in archive.handed_in(made)}


def test_files_come_with_their_folders_and_bytes():
    with_folders = packed(("Quy trình/", b""), ("Quy trình/một.docx", DATA), ("hai.pdf", b"%PDF"))
    found = archive.handed_in(with_folders)
    names = [(one.name, one.reason, len(one.read())) for one in found]
    assert names == [("Quy trình/một.docx", "", len(DATA)), ("hai.pdf", "", 4)]


@pytest.mark.parametrize(("raw", "name"), [
    ("Tiếp dân.docx".encode(), "Tiếp dân.docx"),
    (unicodedata.normalize("NFD", "Tiếp dân.docx").encode(), "Tiếp dân.docx"),
    ("Ti\u00ea\u0301p d\u00e2n.docx".encode("cp1258"), "Tiếp dân.docx"),
    ("Quy tr\u0300nh".replace("r\u0300", "ri\u0300").encode("cp1258") + b".docx", "Quy trình.docx"),
    ("café.docx".encode("cp437"), None),
    (b"Quy trinh\\mot.docx", "Quy trinh/mot.docx"),
])  # fmt: skip
def test_names_are_read_as_their_writers_meant_them(raw, name):
    for one in archive.handed_in(raw_named(raw)):
        assert one.reason == ""
        assert name in (None, one.name)
        assert one.read() == DATA


@pytest.mark.parametrize("name", [
    b"../x.docx", b"a/../../x.docx", b"/etc/x.docx", b"..\\x.docx", b"C:\\x.docx", b"\\x.docx",
])  # fmt: skip
def test_a_name_that_leads_outside_is_refused_and_nothing_is_written(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = only(raw_named(name))
    assert "ngoài thư mục" in one.reason
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO])
def test_links_and_devices_are_no_files(kind):
    entry = zipfile.ZipInfo("a.docx")
    entry.external_attr = (kind | 0o777) << 16
    entry.create_system = 3
    assert "liên kết hoặc thiết bị" in only(packed((entry, b"/etc/passwd"))).reason


def test_twins_by_name_case_or_composition_are_told():
    nfd = unicodedata.normalize("NFD", "Tiếp.docx")
    with pytest.warns(UserWarning, match="Duplicate"):
        made = packed(("a.docx", DATA), ("a.docx", DATA), ("A.DOCX", DATA), ("Tiếp.docx", DATA),
                      (nfd, DATA))  # fmt: skip
    reasons = [one.reason for one in archive.handed_in(made)]
    assert [bool(reason) for reason in reasons] == [False, True, True, False, True]
    assert "cùng tên" in reasons[1]


def test_archives_in_the_archive_and_what_swells_are_told():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("trong.zip", packed(("a.docx", DATA)).getvalue())
        made.writestr("số không.docx", b"\0" * 30_000_000)
    reasons = told(out)
    assert "nằm trong tệp nén" in reasons["trong.zip"]
    assert "lớn bất thường" in reasons["số không.docx"]


def test_a_member_that_lies_about_its_size_is_never_read_beyond_the_limit(settings):
    settings.UPLOAD_LIMIT = 100_000
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.docx", b"\0" * 5_000_000)
    data = bytearray(out.getvalue())
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.index(signature)
        data[start + at : start + at + 4] = (10).to_bytes(4, "little")
    for one in archive.handed_in(io.BytesIO(bytes(data))):
        with pytest.raises(Unacceptable, match="bị hỏng"):
            one.read()


def test_a_locked_member_is_told():
    data = bytearray(packed(("a.docx", DATA)).getvalue())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "mật khẩu" in only(io.BytesIO(bytes(data))).reason


def test_what_systems_put_beside_documents_is_passed_over():
    made = packed(("__MACOSX/._a.docx", b"x"), (".DS_Store", b"x"), ("Thumbs.db", b"x"),
                  ("~$a.docx", b"x"), ("a.docx", DATA))  # fmt: skip
    assert list(told(made)) == ["a.docx"]


def test_a_hundred_thousand_entries_are_refused_without_reading_them():
    entry = packed(("a.docx", b"")).getvalue()
    start = entry.index(b"PK\x01\x02")
    head, directory = entry[:start], entry[start : entry.index(b"PK\x05\x06")]
    many = 100_000
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, len(directory) * many, start, 0
    )
    began = time.monotonic()
    with pytest.raises(Unacceptable, match="nhiều hơn 2000 tệp") as refused:
        list(archive.handed_in(io.BytesIO(head + directory * many + end)))
    assert refused.value.status == 413
    assert time.monotonic() - began < 2


def test_an_archive_that_unpacks_to_too_much_is_refused_whole(settings):
    settings.ARCHIVE_UNPACKED_LIMIT = 1000
    with pytest.raises(Unacceptable, match="quá lớn") as refused:
        list(archive.handed_in(packed(("a.docx", DATA))))
    assert refused.value.status == 413


@pytest.mark.parametrize(("data", "says"), [
    (b"", "không phải tệp ZIP"), (b"%PDF-1.7", "không phải tệp ZIP"),
    (packed(("a.docx", DATA)).getvalue()[200:], "bị hỏng"),
])  # fmt: skip
def test_what_is_no_archive_or_damaged_is_refused(data, says):
    with pytest.raises(Unacceptable, match=says):
        [one.read() for one in archive.handed_in(io.BytesIO(data))]
