"""Bring the demonstration up: database, data; then serve and say where and as whom.

Run by `make demo` with the project's own Python. Every step is skipped when it is done, so
the second start takes seconds.
"""

import hashlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("QMS_DATA", "var"))
# What the database and the assets are made from; when none of it changed, nothing is redone.
SOURCES = ("*/migrations/*.py", "qms/*/migrations/*.py", "qms/standards/data/*", "templates/guidance/*",
           "qms/home/demo/**/*", "qms/agencies/data/*", "qms/web/static/qms/*", "locale/*/LC_MESSAGES/*.po",
           "package-lock.json", "requirements-demo.txt")  # fmt: skip


def main() -> None:
    port = int(sys.argv[1])
    os.chdir(ROOT)
    if taken(port):
        sys.exit(f"Cổng {port} đang được dùng. Chọn cổng khác: PORT={port + 80} make demo")
    os.environ.setdefault("QMS_SITE_URL", f"http://127.0.0.1:{port}")
    stamp, now = DATA / ".prepared", fingerprint()
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != now:
        prepare()
        stamp.write_text(now, encoding="utf-8")
    manage("load_demo", "--print-accounts", f"--port={port}")
    serve(port)


def taken(port: int) -> bool:
    """Whether something already answers on the port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def fingerprint() -> str:
    digest = hashlib.sha256(os.environ.get("DATABASE_URL", "sqlite").encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            if path.is_file():
                digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()


def prepare() -> None:
    """Database, words, pictures and data; each step says its name."""
    for label, *command in (
        ("Cơ sở dữ liệu", "migrate", "--verbosity=0"),
        (
            "Bản dịch",
            "compilemessages",
            "--verbosity=0",
            "--ignore=.venv",
            "--ignore=node_modules",
        ),
        ("Phông chữ, biểu tượng", "build_assets"),
        ("Tệp tĩnh", "collectstatic", "--noinput", "--verbosity=0"),
        ("Tiêu chuẩn và điều khoản", "load_standards"),
        ("Dữ liệu minh họa", "load_demo"),
    ):
        print(f"… {label}", flush=True)
        manage(*command)


def manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], check=True)  # our own


def serve(port: int) -> None:
    """The web server and the clock beside it; both end together, whoever ends first."""
    gunicorn = Path(sys.executable).with_name("gunicorn")
    clock = subprocess.Popen([sys.executable, "manage.py", "run_due", "--every=60"])
    server = subprocess.Popen([
        str(gunicorn), "qms.wsgi", f"--bind=127.0.0.1:{port}", "--worker-class=gthread",
        "--threads=8", "--workers=1", "--log-level=warning", "--timeout=90",
    ])  # fmt: skip
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        sys.exit(server.wait())
    except KeyboardInterrupt:
        server.wait()
    finally:
        clock.terminate()
        clock.wait()


if __name__ == "__main__":
    main()
