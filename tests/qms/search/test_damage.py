"""A harmed index says so, whatever the harm; what was merely begun harms nothing."""

import json
import shutil

import pytest

from qms.search import index
from qms.search.index import IndexBroken
from tests.qms.search.entries import SCOPE, ask, entry, files, folder, keys


@pytest.fixture(autouse=True)
def papers():
    index.rebuild(SCOPE, [entry(str(n), f"Kiểm soát tài liệu {n}", "Thu hồi bản in. " * 50)
                          for n in range(30)])  # fmt: skip
    assert len(keys("kiểm soát")) == 10


def flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :]


HARMS = {
    "cut to nothing": lambda data: b"",
    "cut by one byte": lambda data: data[:-1],
    "grown by one byte": lambda data: data + b"\x00",
    "the first bit turned": lambda data: flip(data, 0),
    "the last bit turned": lambda data: flip(data, len(data) - 1),
    "zeros of the same length": lambda data: bytes(len(data)),
}


@pytest.mark.parametrize("harm", HARMS)
def test_any_file_harmed_in_any_way_is_told(harm):
    whole = {file: file.read_bytes() for file in files()}
    for file, data in whole.items():
        file.write_bytes(HARMS[harm](data))
        answer = ask("kiểm soát")
        assert (answer.hits, answer.broken) == ([], {SCOPE}), file.name
        file.write_bytes(data)
    assert len(keys("kiểm soát")) == 10


def test_any_file_deleted_is_told():
    for file in files():
        data = file.read_bytes()
        file.unlink()
        assert ask("kiểm soát").broken == {SCOPE}, file.name
        file.write_bytes(data)
    assert len(keys("kiểm soát")) == 10


@pytest.mark.parametrize("said", [
    "", "{", "[]", "null", "7", '{"files": {}}', '{"form": 1}', '{"form": 1, "files": {}}',
    '{"form": 1, "files": null}', '{"form": 1, "files": []}',
])  # fmt: skip
def test_a_manifest_that_says_nothing_sensible_is_told(said):
    (folder() / ".manifest").write_text(said, encoding="utf-8")
    assert ask("kiểm soát").broken == {SCOPE}


def test_a_manifest_that_is_not_even_text_is_told():
    (folder() / ".manifest").write_bytes(b"\xff\xfe\x00")
    assert ask("kiểm soát").broken == {SCOPE}


def test_an_index_of_another_form_is_told():
    manifest = json.loads((folder() / ".manifest").read_text(encoding="utf-8"))
    manifest["form"] += 1
    (folder() / ".manifest").write_text(json.dumps(manifest), encoding="utf-8")
    assert ask("kiểm soát").broken == {SCOPE}


@pytest.mark.parametrize("what", ["folder", "empty folder", "a file in its place", "everything"])
def test_a_lost_folder_is_told(what, settings):
    shutil.rmtree(folder())
    if what == "empty folder":
        folder().mkdir()
    elif what == "a file in its place":
        folder().write_text("x", encoding="utf-8")
    elif what == "everything":
        shutil.rmtree(settings.INDEX_DIR)

    assert ask("kiểm soát").broken == {SCOPE}
    assert not index.healthy(SCOPE)


@pytest.mark.parametrize("query", ["", "???", "không có chữ nào như thế"])
def test_a_harmed_index_is_told_also_for_a_question_without_an_answer(query):
    assert (ask(query).hits, ask(query).broken) == ([], frozenset())
    files()[0].unlink()
    assert ask(query).broken == {SCOPE}


def test_a_harmed_index_takes_no_more_and_forgets_no_more_until_it_is_rebuilt():
    files()[0].unlink()
    with pytest.raises(IndexBroken):
        index.put([entry("99", "Mới")])
    index.drop(SCOPE, ["1"])
    assert ask("kiểm soát").broken == {SCOPE}

    assert index.rebuild(SCOPE, [entry("1", "Kiểm soát"), entry("2", "Mới")]) == 2
    assert (keys("kiểm soát"), keys("mới")) == (["1"], ["2"])


def test_what_a_writer_began_and_never_finished_harms_nothing():
    (folder() / "MAIN_abcdefghijklmnop.seg").write_bytes(b"half")
    (folder() / "_MAIN_9.toc.1764000000").write_bytes(b"half")

    assert len(keys("kiểm soát")) == 10
    index.put([entry("99", "Lưu trữ")])
    assert keys("lưu trữ") == ["99"]


def test_contents_that_nobody_signed_are_not_followed():
    """As after a crash between the writer's last file and its signature."""
    newest = next(file for file in files() if file.suffix == ".toc")
    (folder() / "_MAIN_9.toc").write_bytes(newest.read_bytes())

    assert ask("kiểm soát").broken == {SCOPE}


def test_a_rebuild_that_fails_leaves_the_old_index_serving():
    def half():
        yield entry("1", "Mới")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        index.rebuild(SCOPE, half())
    assert len(keys("kiểm soát")) == 10
    assert index.healthy(SCOPE)
    index.rebuild(SCOPE, [entry("1", "Mới")])
    assert (keys("mới"), keys("kiểm soát")) == (["1"], [])
    assert [p.name for p in folder().parent.iterdir() if not p.name.startswith(".lock")] == [SCOPE]
