"""What is found, in which order, and for whom."""

import unicodedata

import pytest

from documents.lookup import search
from documents.models import DocumentKind
from documents.services import draft as drafts
from qms.search import index
from tests.qms.search.entries import SCOPE, ask, entry, keys


def spellings(text: str) -> set[str]:
    from qms.kernel.text import fold  # noqa: PLC0415

    apart = unicodedata.normalize("NFD", text)
    return {text, apart, text.upper(), apart.upper(), fold(text), fold(text).upper(), f"«{text}»?"}


@pytest.fixture
def papers():
    index.rebuild(SCOPE, [
        entry("đất", "Đăng ký đất đai", "Hồ sơ gồm đơn và giấy tờ."),
        entry("đường", "Quản lý đường bộ", "Đăng ký phương tiện."),
        entry("hộ tịch", "Đăng ký khai sinh", "Trong phạm vi cấp xã."),
        entry("mật", "Đăng ký tài liệu mật", audiences=("quality", "unit-7")),
    ])  # fmt: skip


@pytest.mark.parametrize("query", sorted(spellings("đăng ký đất đai")))
def test_every_spelling_finds_it_first(query, papers):
    assert keys(query)[0] == "đất"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_what_was_put_decomposed_is_found_and_shown(form):
    text = "Cấp Giấy chứng nhận quyền sử dụng đất"
    index.rebuild(SCOPE, [entry("a", unicodedata.normalize(form, text), text)])

    assert (
        keys("giấy chứng nhận") == keys(unicodedata.normalize("NFD", "giấy chứng nhận")) == ["a"]
    )
    assert keys("giay chung nhan") == ["a"]


def test_d_typed_for_its_vietnamese_twin_is_found_and_not_taken_for_it():
    index.rebuild(SCOPE, [entry("đ", "Sổ đỏ"), entry("d", "Sổ do")])

    assert keys("so do") in (["đ", "d"], ["d", "đ"])
    assert keys("sổ đỏ")[0] == "đ"
    assert keys("sổ do")[0] == "d"


@pytest.mark.parametrize(("asked", "first"), [
    ("bàn", "bàn"), ("bán", "bán"), ("bạn", "bạn"), ("ban", "ban"), ("bân", "bân"),
])  # fmt: skip
def test_the_letters_as_typed_stand_above_those_that_only_fold_alike(asked, first):
    index.rebuild(SCOPE, [entry(word, f"Về {word} hành") for word in
                          ("bàn", "bán", "bạn", "bân", "ban")])  # fmt: skip
    if asked == "ban":  # typed without accents, it may be any of them
        assert set(keys(asked)) == {"bàn", "bán", "bạn", "bân", "ban"}
    else:
        assert keys(asked)[0] == first


def test_a_word_in_the_title_stands_above_many_in_the_text():
    index.rebuild(SCOPE, [
        entry("text", "Tiếp nhận hồ sơ", "lưu trữ " * 40 + "và việc khác " * 30), entry("title", "Lưu trữ"),
        *(entry(f"x{n}", f"Việc khác {n}", "không liên quan") for n in range(20)),
    ])  # fmt: skip
    assert keys("lưu trữ") == ["title", "text"]
    assert keys("luu tru") == ["title", "text"]


@pytest.mark.parametrize(("audiences", "found"), [
    (("all",), False), (("quality",), True), (("unit-7",), True), (("unit-70",), False),
    (("unit",), False), (("all", "unit-7"), True), (("QUALITY",), False), (("quality unit-7",), False),
    (("*",), False), (("",), False),
])  # fmt: skip
def test_only_a_reader_who_is_named_finds_it(audiences, found, papers):
    assert ("mật" in keys("tài liệu mật", *audiences)) is found


def test_nobody_finds_anything_in_a_scope_outside_his_reach(papers):
    index.rebuild("agency-2", [entry("khác", "Đăng ký đất đai", scope="agency-2")])

    assert keys("đăng ký đất đai", scope="agency-2") == ["khác"]
    assert "khác" not in keys("đăng ký đất đai")
    both = index.find("đăng ký đất đai", {SCOPE: {"all"}, "agency-2": {"all"}})
    assert [hit.key for hit in both.hits][:2] in (["đất", "khác"], ["khác", "đất"])
    assert {hit.scope for hit in both.hits} == {SCOPE, "agency-2"}


def test_what_is_hidden_takes_no_place_from_what_is_not():
    """The reader is part of the question, not a sieve for its answers."""
    index.rebuild(SCOPE, [
        *(entry(f"m{n}", "Đăng ký", audiences=("quality",)) for n in range(400)),
        entry("mở", "Sổ đăng ký văn bản đến của cơ quan, bản đầy đủ"),
    ])  # fmt: skip
    assert keys("đăng ký") == ["mở"]


@pytest.mark.parametrize(
    "query", ["all", "quality", "audiences:quality", "key:mật OR đất", "đất*"]
)
def test_a_query_is_words_and_no_language_of_commands(query, papers):
    assert "mật" not in keys(query)


def test_the_limit_is_kept_and_the_best_come_first(papers):
    hits = ask("đăng ký", limit=2).hits
    assert len(hits) == 2
    assert hits[0].score >= hits[1].score


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed", ["QT-03", "qt 03", "QT.03", "qt03", "Qt–03", " QT - 03 ", "QT/03"]
)
def test_a_code_is_found_whatever_stands_between_its_letters_and_digits(typed, agency, cast):
    for code in ("QT-03", "QT-13", "BM-03"):
        drafts.create(agency, by=cast["author"], kind=DocumentKind.SYSTEM_PROCEDURE, code=code,
                      title=f"Tài liệu {code[:2]}")  # fmt: skip

    found = [one.version.code for one in search(typed, by=cast["author"]).found]
    assert found[0] == "QT-03"
    assert "QT-13" not in found[:1]
