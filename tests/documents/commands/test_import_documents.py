"""The command `import_documents`: every file one row, the report complete, errors one line."""

import json
import os
import subprocess
import sys
import unicodedata

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command

from documents.lifecycles import VersionState
from documents.models import Document, Version
from tests.qms.word import files
from tests.samples import samples

pytestmark = pytest.mark.django_db
KEYS = [
    "file", "status", "reason", "code", "title", "issue_no", "amendment_no", "issued_on", "roles",
    "sections", "warnings", "seconds",
]  # fmt: skip


@pytest.fixture
def run(agency, cast, tmp_path, capsys):
    """Return `run(*paths)`: the rows of the report; `run.said` is what was printed."""

    def run(*paths, by="em", agency="SNV", **options):
        report = tmp_path / "report.json"
        call_command(
            "import_documents", *map(str, paths), agency=agency, by=by, report=report, **options
        )
        run.said = capsys.readouterr().out
        return json.loads(report.read_text(encoding="utf-8"))

    return run


@pytest.fixture
def folder(tmp_path):
    """A folder with two procedures, one of them a level deeper, and what is no document."""
    folder = tmp_path / "nguồn"
    (folder / "con").mkdir(parents=True)
    (folder / "một.docx").write_bytes(files.procedure())
    (folder / "con" / "hai.docx").write_bytes(files.procedure(code="QT 08/VP", amendment="02"))
    (folder / "~$một.docx").write_bytes(b"lock")
    (folder / ".ẩn.docx").write_bytes(b"x")
    (folder / "ghi chú.txt").write_text("x")
    return folder


def test_a_row_has_exactly_the_keys_agreed_upon(run, folder):
    rows = run(folder)
    assert [list(row) for row in rows] == [KEYS, KEYS]


def test_a_row_says_what_was_read(run, folder):
    row = run(folder / "con" / "hai.docx")[0]
    assert row.pop("seconds") > 0
    assert row == {
        "file": str(folder / "con" / "hai.docx"),
        "status": "imported",
        "reason": "",
        "code": "QT 08/VP",
        "title": "Tiếp nhận phản ánh của công dân",
        "issue_no": 1,
        "amendment_no": 2,
        "issued_on": "2025-07-07",
        "roles": [
            {"duty": "author", "name": "Lê Thị Bình", "position": "Chuyên viên"},
            {"duty": "reviewer", "name": "Phạm Thị Chi", "position": "Trưởng phòng"},
            {"duty": "approver", "name": "Nguyễn Văn Dũng", "position": "Giám đốc"},
        ],
        "sections": [{"number": h[0], "title": h[3:]} for h in files.SEVEN],
        "warnings": [],
    }


def test_a_folder_is_read_to_its_depth_without_locks_hidden_files_and_notes(run, folder):
    names = {row["file"].rsplit("/", 1)[-1] for row in run(folder)}
    assert names == {"một.docx", "hai.docx"}
    assert "Đã nhập 2/2 tệp" in run.said


def test_a_bad_file_is_refused_and_the_rest_go_on(run, folder):
    (folder / "ba.docx").write_bytes(b"%PDF-1.7")
    (folder / "bốn.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999)
    (folder / "năm.docx").write_bytes(b"")

    rows = {row["file"].rsplit("/", 1)[-1]: row for row in run(folder)}

    bad = {name: row for name, row in rows.items() if row["status"] == "refused"}
    assert set(bad) == {"ba.docx", "bốn.doc", "năm.docx"}
    assert all(row["reason"].endswith(".") for row in bad.values())
    assert all((row["code"], row["sections"], row["issued_on"]) == ("", [], None)
               for row in bad.values())  # fmt: skip
    assert Document.objects.count() == 2
    assert "Đã nhập 2/5 tệp" in run.said


def test_a_file_that_is_not_there_is_a_row_too(run, folder):
    rows = run(folder / "không có.docx", folder / "một.docx")
    assert [row["status"] for row in rows] == ["refused", "imported"]
    assert rows[0]["reason"] == "Không có tệp này."


def test_a_file_over_the_limit_is_refused_without_being_read(run, folder, settings):
    settings.UPLOAD_LIMIT = 2 * 1024**2
    (folder / "to.docx").write_bytes(b"PK" * 1024**2 + b"PK")
    row = run(folder / "to.docx")[0]
    assert (row["status"], row["reason"]) == ("refused", "Tệp lớn hơn mức 2 MB.")


def test_a_file_named_in_nfd_is_found(run, folder):
    path = folder / unicodedata.normalize("NFD", "thủ tục.docx")
    path.write_bytes(files.procedure(code="QT 11/VP"))
    assert run(path)[0]["status"] == "imported"


def test_a_code_taken_within_one_run_is_warned_of(run, folder):
    (folder / "hai lần.docx").write_bytes(files.procedure(title="Khác"))
    rows = run(folder)
    assert {row["status"] for row in rows} == {"imported"}
    said = [warning for row in rows for warning in row["warnings"]]
    assert len(said) == 1
    assert "ví dụ QT 09/VP" in said[0]
    assert Document.objects.filter(code_settled=False).count() == 1


def test_without_publish_everything_is_a_draft(run, folder):
    run(folder)
    assert set(Version.objects.values_list("state", flat=True)) == {VersionState.DRAFT}


def test_publish_registers_what_is_complete_and_tells_of_the_rest(run, folder):
    (folder / "thiếu.docx").write_bytes(files.procedure(code="QT 12/VP", day=""))
    rows = run(folder, publish=True)
    states = dict(Version.objects.values_list("code", "state"))
    assert states == {"QT 07/VP": "in_force", "QT 08/VP": "in_force", "QT 12/VP": "draft"}
    late = next(row for row in rows if row["code"] == "QT 12/VP")
    assert late["status"] == "imported"
    assert late["warnings"][-1].startswith("Chưa ghi nhận hiệu lực: ")


@pytest.mark.parametrize(("options", "line"), [
    ({"agency": "KHÔNG"}, "Không có cơ quan mang mã KHÔNG."),
    ({"by": "không"}, "Không có người dùng không."),
    ({"by": "an"}, "Bạn không có vai trò soạn thảo tại Sở Nội vụ nên không thêm được tài liệu."),
])  # fmt: skip
def test_who_or_where_unknown_is_one_line_and_nothing_is_taken_in(run, folder, options, line):
    with pytest.raises(CommandError) as told:
        run(folder, **options)
    assert str(told.value) == line
    assert told.value.returncode == 1
    assert not Document.objects.exists()


def test_a_person_who_has_left_takes_nothing_in(run, folder, cast):
    cast["quality"].is_active = False
    cast["quality"].save()
    with pytest.raises(CommandError, match="Không có người dùng em"):
        run(folder)


@pytest.mark.django_db(transaction=True)
def test_the_command_line_ends_with_one_line_and_code_one():
    done = subprocess.run(
        [sys.executable, "manage.py", "import_documents", "x.docx", "--agency", "KHÔNG", "--by", "a"],
        cwd=django_settings.BASE_DIR, capture_output=True, text=True, timeout=60, check=False,
        env=_as_here(),
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.strip() == "CommandError: Không có cơ quan mang mã KHÔNG."


def test_the_eighteen_real_procedures_all_come_in(run):
    rows = run(samples("docx/chung_thuc"), samples("docx/nuoi_con_nuoi"))
    assert [row["status"] for row in rows] == ["imported"] * 18
    assert all(row["code"] and row["issued_on"] and len(row["roles"]) == 3 for row in rows)
    assert all([s["number"] for s in row["sections"]] == list("1234567") for row in rows)
    assert max(row["seconds"] for row in rows) < 5
    # Three codes occur twice: the first has it, the second waits for one of its own.
    assert Document.objects.filter(code_settled=False).count() == 3


def _as_here():
    database = django_settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        pytest.skip("The command line is tried against SQLite, where a test database is a file.")
    return os.environ | {
        "DATABASE_URL": f"sqlite:///{database['NAME']}", "DJANGO_SETTINGS_MODULE": "qms.settings",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_report_that_cannot_be_written_is_told_before_anything_comes_in(agency, cast, tmp_path):
    file = tmp_path / "a.docx"
    file.write_bytes(files.procedure())

    with pytest.raises(CommandError, match="Không ghi được báo cáo"):
        call_command(
            "import_documents", str(file), agency="SNV", by="binh",
            report=tmp_path / "nowhere" / "r.json",
        )  # fmt: skip
    assert not Version.objects.exists()
