"""Measure the pages people use most against a bare Django page, in one run.

Machines differ and are shared, so every figure is a multiple: CPU per request of ours by that
of a page of Django's own start project (its middleware, a session, a user, one short template)
in the same process. Budgets are checked here and never in a timed test.
"""

import datetime as dt
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS, REQUESTS, FILES = 7, 20, 100
# Name, user, address, most queries, most CPU as a multiple of the bare page.
PAGES = [
    ("list of documents", "han.nn", "/documents/", 10, 25),
    ("document", "han.nn", "{version}", 20, 35),
    ("redline", "han.nn", "{version}compare/", 30, 70),
    ("master list", "han.nn", "/documents/register/", 10, 25),
    ("search", "han.nn", "/search/?q=kiểm soát tài liệu", 10, 35),
    ("search, no accents", "han.nn", "/search/?q=kiem soat tai lieu", 10, 35),
    ("inbox", "han.nn", "/", 14, 35),
    ("library, visitor", "", "/library/", 14, 22),
    ("audit sheet", "bao.lq", "/audits/2/sheet/", 14, 25),
]
BARE_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def main() -> int:
    os.chdir(ROOT)
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="qms-bench-") as data:
        os.environ |= {"QMS_DATA": data, "QMS_SECRET_KEY": "only-for-bench-" + "b" * 60}
        os.environ["DJANGO_SETTINGS_MODULE"] = "qms.settings"
        for command in (["migrate", "-v0"], ["build_assets"], ["collectstatic", "--noinput", "-v0"],
                        ["load_demo"]):  # fmt: skip
            subprocess.run([sys.executable, "manage.py", *command], check=True,
                           stdout=subprocess.DEVNULL)  # fmt: skip
        return measure()


def measure() -> int:
    import django  # noqa: PLC0415

    django.setup()
    pages = [(name, client_of(user), address_of(address), queries, times)
             for name, user, address, queries, times in PAGES]  # fmt: skip
    bare = bare_page()
    cost: dict[str, list[float]] = {name: [] for name, *_rest in pages}
    for _round in range(ROUNDS):  # interleaved, so that a noisy minute strikes all alike
        base = cpu(bare)
        for name, client, address, *_budget in pages:
            cost[name].append(cpu(lambda c=client, a=address: get(c, a)) / base)
    print(f"{'page':<22}{'queries':>9}{'CPU / bare page':>18}{'budget':>14}")
    over = 0
    for name, client, address, most_queries, most_times in pages:
        asked, times = queries_of(client, address), statistics.median(cost[name])
        over += asked > most_queries or times > most_times
        print(f"{name:<22}{asked:>9}{times:>17.1f}×{most_queries:>9} {most_times:>3}×")
    intake()
    house()
    return 1 if over else 0


def client_of(username: str) -> object:
    from django.contrib.auth import get_user_model  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})
    if username:
        client.force_login(get_user_model().objects.get(username=username))
    return client


def address_of(address: str) -> str:
    from documents.models import Version  # noqa: PLC0415

    if "{version}" not in address:
        return address
    version = Version.objects.in_force().filter(document__agency__code="SKHCN").exclude(
        document__kind="guidance"
    ).get(code="QT.01")  # fmt: skip
    return address.replace("{version}", version.get_absolute_url())


def bare_page() -> Callable[[], object]:
    """A page of a fresh Django project: its middleware, a logged-in person, a short template."""
    from django.http import HttpRequest, HttpResponse  # noqa: PLC0415
    from django.template import engines  # noqa: PLC0415
    from django.test import override_settings  # noqa: PLC0415
    from django.urls import path  # noqa: PLC0415

    template = engines["django"].from_string("<!doctype html><title>Trang</title><p>{{ who }}</p>")

    def show(request: HttpRequest) -> HttpResponse:
        return HttpResponse(template.render({"who": request.user.username}))

    module = type(sys)("bare_urls")
    module.urlpatterns = [path("", show)]
    sys.modules["bare_urls"] = module
    client, settings = (
        client_of("han.nn"),
        {"MIDDLEWARE": BARE_MIDDLEWARE, "ROOT_URLCONF": "bare_urls"},
    )
    with override_settings(**settings):
        get(client, "/")  # the client keeps the middleware it began with

    def ask() -> None:
        with override_settings(ROOT_URLCONF="bare_urls"):
            for _request in range(REQUESTS):
                assert client.get("/").status_code == 200  # noqa: S101

    ask.times = 1
    return ask


def get(client: object, address: str) -> None:
    assert client.get(address).status_code == 200, address  # noqa: S101


def cpu(ask: Callable[[], object]) -> float:
    """CPU seconds a request; one first that is not counted."""
    single = not hasattr(ask, "times")
    ask()
    start = time.process_time()
    if single:
        for _request in range(REQUESTS):
            ask()
    else:
        ask()
    return (time.process_time() - start) / REQUESTS


def queries_of(client: object, address: str) -> int:
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as asked:
        get(client, address)
    return len(asked)


def intake() -> None:
    """Take generated procedures in as one batch, as the clock does: files a minute, memory."""
    from django.db import connection  # noqa: PLC0415

    from documents.services import batch as batches  # noqa: PLC0415
    from qms.agencies.models import Agency, User  # noqa: PLC0415

    agency, by = Agency.objects.get(code="SKHCN"), User.objects.get(username="han.nn")
    connection.force_debug_cursor = False
    files = (batches.Handed(f"{n}.docx", len(data), lambda data=data: data)
             for n, data in enumerate(map(procedure, range(FILES))))  # fmt: skip
    batch = batches.create(agency, by=by, files=files, name="bench")
    before, began = memory(), time.perf_counter()
    done = batches.work_off(batch, seconds=3600)
    minutes = (time.perf_counter() - began) / 60
    print(
        f"\nimport: {done} files, {done / minutes:.0f} a minute, memory {before} to {memory()} MB"
    )


def memory() -> int:
    """The most that this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def procedure(n: int) -> bytes:
    """A procedure of seven sections and some ten pages, in words that mean little."""
    from qms.kernel.content import Content, Section, Signatory  # noqa: PLC0415
    from qms.word.writing import docx  # noqa: PLC0415

    said = "<p>Bộ phận tiếp nhận kiểm tra hồ sơ, ghi sổ và chuyển người xử lý theo thứ tự. </p>"
    table = (
        "<table>" + "<tr><td>1</td><td>Kiểm tra</td><td>Chuyên viên</td></tr>" * 12 + "</table>"
    )
    sections = tuple(Section(str(k), f"Phần thứ {k} của quy trình {n}", said * 40 + table)
                     for k in range(1, 8))  # fmt: skip
    people = tuple(Signatory(duty, f"Người thứ {n}", "Chuyên viên")
                   for duty in ("author", "reviewer", "approver"))  # fmt: skip
    return docx(Content(
        agency_name="Sở", parent_name="Tỉnh", standard="", kind_label="", code=f"BN-{n:04d}",
        title=f"Quy trình thử số {n}", issue_no=1, amendment_no=0, issued_on=dt.date(2025, 7, 1),
        effective_on=None, signatories=people, amendments=(), sections=sections,
    ))  # fmt: skip


def house() -> None:
    """Lines of code by floor, and the median file."""
    print(f"\n{'floor':<18}{'files':>7}{'lines':>8}")
    every = []
    rooms = [*(p for p in sorted((ROOT / "qms").iterdir()) if p.is_dir()), ROOT / "documents",
             ROOT / "audits", ROOT / "tests"]  # fmt: skip
    for room in rooms:
        counts = [len(path.read_text(encoding="utf-8").splitlines()) for path in room.rglob("*.py")
                  if "migrations" not in path.parts]  # fmt: skip
        counts = [count for count in counts if count]
        if counts:
            print(f"{room.relative_to(ROOT)!s:<18}{len(counts):>7}{sum(counts):>8}")
            every += counts if room.name != "tests" else []
    print(
        f"median file (without tests): {statistics.median(every):.0f} lines, {sum(every)} in all"
    )


if __name__ == "__main__":
    sys.exit(main())
