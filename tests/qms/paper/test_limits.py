"""What could hang, swell or look outside is stopped with a sentence, and the next paper is made."""

import http.server
import multiprocessing
import threading
import time

import pytest

from qms.kernel.content import Section
from qms.paper import places, render, worker
from qms.paper.render import Unprintable, procedure_pdf
from tests.qms.paper.papers import content, pages, paragraphs, picture, poppler

# A worker is forked beside our threads on purpose; Python 3.12 and later warn of that.
pytestmark = pytest.mark.filterwarnings("ignore:This process .* is multi-threaded")

SECRET = "bí-mật-trên-đĩa"


def made(html: str, **assets: bytes) -> bytes:
    return procedure_pdf(content(Section("1", "Phần", html)), assets=assets)


@pytest.fixture(scope="module")
def listening():
    """A server that would tell whether anybody asked it."""
    asked = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # the library's own name
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


WAYS = {
    "a picture": '<img src="{}">',
    "a background": '<div style="background:url({})">a</div>',
    "a background, escaped": '<div style="background:u\\72l(&quot;{}&quot;)">a</div>',
    "a list mark": '<ul style="list-style-image:url({})"><li>a</li></ul>',
    "a style sheet": '<link rel="stylesheet" href="{}">',
    "an import": '<style>@import url("{}");</style>',
    "a font": "<style>@font-face{{font-family:Z;src:url({})}} p{{font-family:Z}}</style><p>x</p>",
    "an object": '<object data="{}" type="image/png"></object>',
    "an embedded thing": '<embed src="{}">',
    "an attachment": '<link rel="attachment" href="{}">',
    "an attached link": '<a rel="attachment" href="{}">x</a>',
    "a content": '<style>p::before{{content:url({})}}</style><p>a</p>',
}  # fmt: skip
SILENT = {
    "a drawing": '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    "a part of a drawing": '<svg width="9" height="9"><use href="{}#a"/></svg>',
    "a frame": '<iframe src="{}"></iframe>',
    "a script": '<script src="{}"></script>',
    "a link": '<a href="{}">liên kết</a>',
}


@pytest.mark.parametrize("way", WAYS)
def test_no_way_leads_to_the_network(way, listening):
    address, asked = listening
    with pytest.raises(Unprintable, match="nguồn bên ngoài"):
        made(WAYS[way].format(f"{address}/x"))
    assert asked == []


@pytest.mark.parametrize("way", ["a picture", "a background", "a font", "an attachment"])
def test_no_way_leads_to_the_disk(way, tmp_path):
    file = tmp_path / "secret.txt"
    file.write_text(SECRET, encoding="utf-8")
    with pytest.raises(Unprintable, match="nguồn bên ngoài"):
        made(WAYS[way].format(file.as_uri()))


@pytest.mark.parametrize("way", SILENT)
def test_what_is_no_picture_of_the_paper_is_not_asked_for_either(way, listening, tmp_path):
    address, asked = listening
    file = tmp_path / "secret.txt"
    file.write_text(SECRET, encoding="utf-8")
    for outside in (f"{address}/x", file.as_uri()):
        try:
            data = made(SILENT[way].format(outside))
        except Unprintable:
            continue
        assert SECRET not in " ".join(pages(data, tmp_path))
        assert "0 embedded files" in poppler("pdfdetach", data, tmp_path, "-list")
    assert asked == []


@pytest.mark.parametrize("harm", [
    lambda data: data[: len(data) // 2], lambda data: b"\x89PNG", lambda data: b"", lambda data: b"GIF89a???",
    lambda data: data[:45] + bytes([data[45] ^ 0xFF]) + data[46:],
])  # fmt: skip
def test_a_picture_that_cannot_be_read_leaves_no_hole(harm):
    sha, data = picture()
    with pytest.raises(Unprintable):
        made(f'<p>Hình: <img src="asset:{sha}"></p>', **{sha: harm(data)})


def test_a_picture_that_swells_leaves_no_hole():
    """A file of 150 kB that is 200 million points when unpacked."""
    sha, data = picture(20_000, 10_000)
    assert len(data) < 2_000_000

    with pytest.raises(Unprintable):
        made(f'<img src="asset:{sha}">', **{sha: data})


@pytest.fixture
def small_limits(monkeypatch):
    """Return `small_limits(NAME=value)`: the limits of the next worker."""

    def small_limits(**limits):
        # The fork server has read the limits already; a plain fork takes those of this process.
        monkeypatch.setattr(render, "_context", multiprocessing.get_context("fork"))
        for name, value in limits.items():
            monkeypatch.setattr(worker, name, value)

    return small_limits


def test_a_paper_that_computes_too_long_is_stopped_and_says_so(small_limits):
    small_limits(CPU_SECONDS=1)
    with pytest.raises(Unprintable, match="quá lâu"):
        made(paragraphs(20_000))


def test_a_paper_that_needs_too_much_memory_is_stopped_and_says_so(small_limits, capfd):
    small_limits(MEMORY=450 * 2**20)
    with pytest.raises(Unprintable, match="quá nhiều bộ nhớ"):
        made(paragraphs(40_000))


def test_a_paper_is_not_waited_for_longer_than_its_time(monkeypatch):
    monkeypatch.setattr(render, "WALL_SECONDS", 0.5)
    began = time.monotonic()

    with pytest.raises(Unprintable, match="quá lâu"):
        made(paragraphs(20_000))
    assert time.monotonic() - began < 5


def test_nesting_without_end_is_refused():
    with pytest.raises(Unprintable):
        made("<div>" * 3000 + "x" + "</div>" * 3000)


def test_refusals_take_no_place_from_the_papers_after_them():
    for _ in range(places.AT_ONCE + 1):
        with pytest.raises(Unprintable):
            made('<img src="file:///etc/passwd">')
    assert made("<p>Một.</p>").startswith(b"%PDF-")


def test_more_papers_at_once_than_there_are_places_are_all_made():
    out = []
    threads = [
        threading.Thread(target=lambda n=n: out.append((n, made(f"<p>Bản {n}.</p>"))))
        for n in range(places.AT_ONCE + 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(n for n, _data in out) == list(range(places.AT_ONCE + 2))
    assert all(data.startswith(b"%PDF-") for _n, data in out)
