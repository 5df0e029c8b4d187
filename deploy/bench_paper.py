"""Measure what papers cost: CPU and memory of the process that makes a PDF, and stamping a copy.

CPU is told as seconds here and now and as a multiple of a fixed piece of work of the same run, since
machines differ and are shared. Budgets: ten pages under a second, two hundred pages under 300 MB.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGES = (1, 10, 50, 200)
MEGABYTE = 2**20
# Pages → most CPU seconds, most bytes; stamping: most seconds.
BUDGET = {10: (1.0, None), 200: (None, 300 * MEGABYTE)}
STAMPING = 0.150
PARAGRAPH = "<p>" + "Cơ quan tiếp nhận, kiểm soát và lưu giữ thông tin dạng văn bản. " * 5 + "</p>"
TABLE = (
    "<table><thead><tr><th>TT</th><th>Trình tự</th><th>Trách nhiệm</th><th>Thời gian</th></tr></thead><tbody>"
    + "".join(
        f"<tr><td>{n}</td><td>Tiếp nhận hồ sơ và kiểm tra thành phần</td><td>Chuyên viên</td>"
        "<td>0,5 ngày</td></tr>"
        for n in range(6)
    )
    + "</tbody></table>"
)


def main() -> int:
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="qms-bench-") as data:
        os.environ |= {"QMS_DATA": data, "QMS_SECRET_KEY": "only-for-bench-" + "b" * 60}
        os.environ["DJANGO_SETTINGS_MODULE"] = "qms.settings"
        import django  # noqa: PLC0415

        django.setup()
        return measure()


def measure() -> int:
    from qms.paper.render import procedure  # noqa: PLC0415

    procedure(paper(1), assets={})  # the fork server starts with the first
    print(f"{'pages':<22}{'CPU seconds':>12}{'× the yardstick':>18}{'memory MB':>12}{'bytes':>10}")
    over = 0
    for wanted in PAGES:
        made = [procedure(fitted(wanted), assets={}) for _again in range(3 if wanted < 100 else 1)]
        seconds = statistics.median(one.seconds for one in made)
        memory = max(one.memory for one in made)
        pages = pages_of(made[0].data)
        print(f"{pages:<22}{seconds:>12.2f}{seconds / yardstick():>17.1f}×"
              f"{memory / MEGABYTE:>12.0f}{len(made[0].data):>10}")  # fmt: skip
        most_seconds, most_memory = BUDGET.get(wanted, (None, None))
        over += bool(most_seconds and seconds > most_seconds)
        over += bool(most_memory and memory > most_memory)
        over += stamping(made[0].data, pages)
    return 1 if over else 0


def stamping(data: bytes, pages: int) -> int:
    """How long a stamped copy takes; 1 when longer than it may."""
    from qms.paper.stamps import Stamp, stamped  # noqa: PLC0415

    stamp = Stamp("BẢN SAO KHÔNG KIỂM SOÁT", "Nguyễn Thị Hạnh, 24/11/2026 09:41", "Kiểm tra tại …")
    times = []
    for _again in range(7):
        began = time.perf_counter()
        stamped(data, stamp, title="QT-03")
        times.append(time.perf_counter() - began)
    print(
        f"  stamped copy{'':<10}{statistics.median(times) * 1000:>11.0f} ms (first {times[0] * 1000:.0f} ms)"
    )
    return int(statistics.median(times) > STAMPING and pages <= 50)


def yardstick() -> float:
    """Seconds of a fixed piece of plain Python."""
    began = time.process_time()
    sum(len(str(n)) for n in range(400_000))
    return time.process_time() - began


def fitted(pages: int):
    """A procedure of exactly that many pages, or of two when one is wanted: there is a cover."""
    from qms.paper.render import procedure_pdf  # noqa: PLC0415

    blocks = max(1, pages - 3)
    for _try in range(6):
        count = pages_of(procedure_pdf(paper(blocks), assets={}))
        if count == pages or pages <= 3:
            break
        blocks = max(1, round(blocks * (pages - 2) / max(count - 2, 1)))
    return paper(blocks)


def pages_of(data: bytes) -> int:
    import pypdfium2  # noqa: PLC0415

    with pypdfium2.PdfDocument(data) as document:
        return len(document)


def paper(blocks: int):
    from qms.kernel.content import Amendment, Content, Section, Signatory  # noqa: PLC0415

    sections = tuple(
        Section(
            str(n), f"Phần thứ {n}", (PARAGRAPH * 4 + TABLE) * (blocks // 7 + (n <= blocks % 7))
        )
        for n in range(1, 8)
    )
    return Content(
        "Sở Nội vụ", "UBND tỉnh Đồng Tháp", "TCVN ISO 9001:2015", "QUY TRÌNH", "QT-03",
        "Kiểm soát thông tin dạng văn bản", 1, 0, None, None,
        (Signatory("author", "Lê Thị Bình", "Chuyên viên"),), (Amendment("a", "b", "c", "01", "1/3/2026"),),
        sections,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
