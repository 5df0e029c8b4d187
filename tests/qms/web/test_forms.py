"""How a form is drawn, and what its fields take."""

import datetime as dt
import unicodedata

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from qms.web.forms import DateField, FilesField, TextField, UploadField


class Sheet(forms.Form):
    title = TextField(label="Tên tài liệu", help_text="Như trên trang bìa")
    unit = forms.ChoiceField(label="KPH của phòng", choices=[("a", "Văn phòng")])
    verdict = forms.ChoiceField(
        label="Ý kiến", choices=[("ok", "Đồng ý"), ("no", "Trả lại")], widget=forms.RadioSelect
    )
    remark = TextField(label="Ghi chú", required=False, widget=forms.Textarea)
    seen = forms.BooleanField(label="Đã xem", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class Upload(forms.Form):
    file = UploadField(label="Tệp", accept=".docx, .xlsx")


class Uploads(forms.Form):
    files = FilesField(label="Tệp", accept=".docx")


class Day(forms.Form):
    day = DateField(label="Ngày hiệu lực")


def file(name: str = "QT-01.docx", data: bytes = b"x") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_label_hint_and_control_are_tied_together():
    html = str(Sheet()["title"].as_field_group())
    assert '<label for="id_title">Tên tài liệu</label>' in html
    assert 'id="id_title_helptext">Như trên trang bìa<' in html
    assert 'aria-describedby="id_title_helptext"' in html
    assert 'class="input"' in html


def test_required_is_said_to_screen_readers_and_left_to_the_server():
    html = str(Sheet())
    assert 'aria-required="true"' in html
    assert " required" not in html


def test_optional_text_says_so_and_a_tick_does_not():
    form = Sheet()
    assert "(không bắt buộc)" in form["remark"].as_field_group()
    assert "(không bắt buộc)" not in form["seen"].as_field_group()


def test_every_radio_stands_in_a_fieldset_with_its_own_label():
    html = str(Sheet()["verdict"].as_field_group())
    assert "<legend>Ý kiến</legend>" in html
    assert html.count('<label class="choice">') == 2


def test_error_is_named_beside_the_field_and_in_the_summary():
    html = str(Sheet({}))
    assert '<a href="#id_title">Nhập tên tài liệu</a>' in html
    assert '<a href="#id_verdict_0">Chọn ý kiến</a>' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert "Có 4 lỗi cần sửa" in html


def test_abbreviation_in_a_label_keeps_its_capitals():
    assert list(Sheet({})["unit"].errors) == ["Chọn KPH của phòng"]


def test_hidden_field_is_in_the_form_and_its_error_is_no_link():
    html = str(Sheet({}))
    assert 'type="hidden" name="revision"' in html
    assert "#id_revision" not in html


def test_valid_form_has_no_summary():
    form = Sheet({"title": "A", "unit": "a", "verdict": "ok", "revision": "1"})
    assert form.is_valid()
    assert "errsum" not in str(form)


def test_text_becomes_nfc():
    typed = unicodedata.normalize("NFD", "Đồng Tháp")
    form = Sheet({"title": typed, "unit": "a", "verdict": "ok", "revision": "1"})
    assert form.is_valid()
    assert form.cleaned_data["title"] == "Đồng Tháp"


@pytest.mark.parametrize("typed", ["23/11/2026", " 23/11/2026 ", "23-11-2026", "2026-11-23"])
def test_day_is_read_the_vietnamese_way_and_the_iso_way(typed):
    form = Day({"day": typed})
    assert form.is_valid()
    assert form.cleaned_data["day"] == dt.date(2026, 11, 23)


@pytest.mark.parametrize("typed", ["11/23/2026", "31/02/2026", "23/11/26", "mai"])
def test_day_that_is_none_is_refused_with_an_example(typed):
    form = Day({"day": typed})
    assert list(form["day"].errors) == ["Nhập ngày theo dạng ngày/tháng/năm, ví dụ 23/11/2026"]


def test_day_is_shown_with_the_day_first_and_never_in_the_browsers_own_control():
    html = str(Day(initial={"day": dt.date(2026, 11, 2)}))
    assert 'value="02/11/2026"' in html
    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html


def test_file_of_another_kind_is_refused_by_name():
    form = Upload({}, {"file": file("ảnh.png")})
    (said,) = form["file"].errors
    assert "ảnh.png" in said
    assert ".docx, .xlsx" in said


def test_kind_is_told_by_the_ending_in_either_case():
    assert Upload({}, {"file": file("QT-01.DOCX")}).is_valid()


def test_file_above_the_limit_is_refused_with_both_sizes(settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    form = Upload({}, {"file": file(data=b"x" * (1024 * 1024 + 1))})
    (said,) = form["file"].errors
    assert "nặng 2 MB, vượt mức 1 MB" in said


def test_empty_file_is_refused():
    assert not Upload({}, {"file": file(data=b"")}).is_valid()


def test_many_files_come_as_a_list():
    form = Uploads({}, {"files": [file(), file("QT-02.docx")]})
    assert form.is_valid()
    assert [one.name for one in form.cleaned_data["files"]] == ["QT-01.docx", "QT-02.docx"]


def test_one_bad_file_among_many_is_named():
    form = Uploads({}, {"files": [file(), file("x.exe")]})
    assert "x.exe" in form["files"].errors[0]


def test_no_file_at_all_is_refused():
    assert list(Uploads({}, {})["files"].errors) == ["Chọn một tệp để tải lên"]
