"""The index behind its one door: ranks, scopes, damage told, writers in turn."""

import multiprocessing
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from qms.search import index
from qms.search.index import Entry, IndexBroken

SCOPE = "agency-1"


def entry(key, title, body="", *, code="", audiences=("all",), scope=SCOPE) -> Entry:
    return Entry(key, scope, audiences, code, title, body)


@pytest.fixture
def papers():
    index.rebuild(SCOPE, [
        entry("1", "Kiểm soát tài liệu", "Bản in hết hiệu lực được thu hồi."),
        entry("2", "Tiếp công dân", "Kiểm soát tài liệu kèm theo đơn."),
        entry("3", "Tuyển dụng viên chức", "Thông báo và hồ sơ dự tuyển.", audiences=("quality",)),
        entry("4", "Họa sĩ Mỹ Thọ", "Mỹ Tho ở nơi khác."),
    ])  # fmt: skip


def keys(query, audiences=("all",), scope=SCOPE, **more):
    return [hit.key for hit in index.find(query, {scope: set(audiences)}, **more).hits]


def test_titles_stand_above_texts(papers):
    assert keys("kiểm soát tài liệu") == ["1", "2"]


@pytest.mark.parametrize("spell", [
    str, str.upper, lambda q: unicodedata.normalize("NFD", q), lambda q: q.replace("ể", "e"),
    lambda _q: "kiem soat tai lieu", lambda q: f"  {q}?! ",
])  # fmt: skip
def test_accents_case_and_form_do_not_matter(spell, papers):
    assert keys(spell("kiểm soát tài liệu"))[0] == "1"


@pytest.mark.parametrize("query", ["tài liệu", "tai lieu"])
def test_half_a_word_is_no_word_of_asking(query, papers):
    [first, *_rest] = index.find(query, {SCOPE: {"all"}}).hits
    assert "tai" in first.wanted


def test_the_exact_letters_stand_above_the_folded_ones():
    index.rebuild(SCOPE, [entry("a", "Xã Mỹ Tho"), entry("b", "Xã Mỹ Thọ")])

    assert keys("mỹ thọ")[0] == "b"
    assert keys("mỹ tho")[0] == "a"
    assert set(keys("my tho")) == {"a", "b"}


def test_the_place_of_the_tone_mark_does_not_matter():
    index.rebuild(SCOPE, [entry("a", "Xã Hoà Long")])
    assert keys("Hòa Long") == ["a"]


def test_audiences_and_scopes_are_part_of_the_question(papers):
    assert keys("tuyển dụng") == []
    assert keys("tuyển dụng", ("quality",)) == ["3"]
    assert keys("tuyển dụng", ()) == []
    assert index.find("kiểm soát", {}).hits == []


def test_put_replaces_and_drop_forgets(papers):
    index.put([entry("2", "Đào tạo")])
    assert keys("đào tạo") == ["2"]
    assert keys("tiếp công dân") == []
    index.drop(SCOPE, ["2", "khong-co"])
    assert keys("đào tạo") == []
    index.drop("agency-99", ["1"])


def test_a_snippet_shows_why(papers):
    [hit] = index.find("thu hồi", {SCOPE: {"all"}}).hits

    parts = hit.snippet()
    assert [text for text, matched in parts if matched] == ["thu", "hồi"]
    assert "".join(text for text, _matched in parts) in "Bản in hết hiệu lực được thu hồi."


@pytest.mark.parametrize(
    "harm", ["empty", "cut", "changed", "manifest", "folder", "manifest-json"]
)
def test_damage_is_told_and_never_a_silent_nothing(harm, papers):
    folder = Path(django_settings.INDEX_DIR) / SCOPE
    files = sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    segment = max(files, key=lambda p: p.stat().st_size)
    if harm == "empty":
        segment.write_bytes(b"")
    elif harm == "cut":
        segment.write_bytes(segment.read_bytes()[:-7])
    elif harm == "changed":
        data = bytearray(segment.read_bytes())
        data[len(data) // 2] ^= 0xFF
        segment.write_bytes(bytes(data))
    elif harm == "manifest":
        (folder / ".manifest").unlink()
    elif harm == "manifest-json":
        (folder / ".manifest").write_text("{")
    else:
        folder.rename(folder.with_name("elsewhere"))

    answer = index.find("kiểm soát", {SCOPE: {"all"}})
    assert (answer.hits, answer.broken) == ([], frozenset({SCOPE}))
    assert not index.healthy(SCOPE)
    with pytest.raises(IndexBroken):
        index.put([entry("9", "Mới")])
    index.rebuild(SCOPE, [entry("1", "Kiểm soát tài liệu")])
    assert keys("kiểm soát") == ["1"]


def test_one_broken_scope_leaves_the_others_answering(papers):
    answer = index.find("kiểm soát", {SCOPE: {"all"}, "agency-2": {"all"}})

    assert [hit.key for hit in answer.hits] == ["1", "2"]
    assert answer.broken == frozenset({"agency-2"})


def _write(folder, numbers):
    django_settings.INDEX_DIR = folder
    for n in numbers:
        index.put([entry(f"w{n}", f"Văn bản số {n}")])


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")  # 3.12 on; meant so here
def test_two_processes_write_in_turn(papers):
    context = multiprocessing.get_context("fork")
    workers = [
        context.Process(target=_write, args=(django_settings.INDEX_DIR, range(start, start + 5)))
        for start in (0, 5)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)

    assert [w.exitcode for w in workers] == [0, 0]
    written = [key for key in keys("văn bản số", limit=50) if key.startswith("w")]
    assert len(written) == 10
    assert index.healthy(SCOPE)


@pytest.mark.parametrize("query", ["", "?", "\x00", "a" * 9000, "AND OR NOT", "* ~ ^ [", "😀"])
def test_no_query_is_an_error(query, papers):
    assert index.find(query, {SCOPE: {"all"}}).broken == frozenset()
