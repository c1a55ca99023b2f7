"""`make run`: from an empty folder to a site in production settings, on one machine.

Makes the secret key and the first accounts in var/, migrates, loads the starter course if the site is
empty, and serves with gunicorn beside one worker for background tasks. Stops both together.
"""

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STOP_SECONDS = 20
SCHEDULE_SECONDS = 300


def main() -> int:
    os.chdir(ROOT)
    os.umask(0o077)  # database, letters and passwords are for whoever runs the site
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
    port = os.environ.get("PORT", "8000")
    if not port.isdigit() or not 0 < int(port) < 65536:
        print(f"PORT is {port!r}, but must be a port number such as 8000.", file=sys.stderr)
        return 2
    os.environ.setdefault("BASE_URL", f"http://127.0.0.1:{port}")
    var = Path(os.environ.setdefault("VAR_DIR", str(ROOT / "var")))
    make_secret_key(var)
    try:
        prepare()
    except subprocess.CalledProcessError as error:
        print(f"The start stopped at: {' '.join(map(str, error.cmd[1:]))}", file=sys.stderr)
        return error.returncode or 1
    print(f"\n  Romu valodas pamatkurss:  {os.environ['BASE_URL']}/", flush=True)
    print(f"  CMS for authors:          {os.environ['BASE_URL']}/admin/", flush=True)
    print(f"  First accounts:           {var / 'accounts.txt'}\n  Ctrl+C stops.\n", flush=True)
    return serve(port)


def make_secret_key(var: Path) -> None:
    """Write a secret key to var/ unless there is one, there or in the environment."""
    var.mkdir(parents=True, exist_ok=True)
    path = var / "secret_key"
    if os.environ.get("SECRET_KEY") or path.exists():
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))


def prepare() -> None:
    """Bring translations, static files, database, course and accounts up to date; each step is safe to repeat."""
    from config.messages import compile_all

    compile_all()
    # Static files need no database: they are gathered while the database is made.
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    static = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    subprocess.run([sys.executable, "-m", "config.prepare"], check=True)
    _, complaints = static.communicate()
    if static.returncode:
        print(complaints, file=sys.stderr)
        raise subprocess.CalledProcessError(static.returncode, command)


def serve(port: str) -> int:
    """Run web server and worker until one ends or a signal comes; return the exit status."""
    web = [sys.executable, "-m", "gunicorn", "config.wsgi", "--config", "config/gunicorn.py"]
    worker = [sys.executable, "manage.py", "db_worker", "--backend", "jobs", "--queue-name", "*", "--interval", "0.5"]
    children = [subprocess.Popen([*web, "--bind", f"127.0.0.1:{port}"]), subprocess.Popen(worker)]
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    due, swept = time.monotonic() + SCHEDULE_SECONDS, ""
    try:
        while not stopping:
            if time.monotonic() > due:
                # Pages whose time has come go live, or are taken down; uploads that nobody went on with are deleted.
                commands = [["publish_scheduled"], ["reap_uploads", "--verbosity", "0"]]
                if swept != (swept := time.strftime("%F")):  # once a day
                    commands.append(["sweep_files", "--verbosity", "0"])
                for command in commands:
                    subprocess.run([sys.executable, "manage.py", *command], check=False)
                due = time.monotonic() + SCHEDULE_SECONDS
            if children[0].poll() is not None:
                return children[0].returncode
            if children[1].poll() is not None:
                # A worker that fell over is started again; its tasks are safe to repeat.
                time.sleep(1)
                for reaper in ("reap_recordings", "reap_uploads"):
                    subprocess.run([sys.executable, "manage.py", reaper, "--older-than", "0"], check=False)
                children[1] = subprocess.Popen(worker)
            time.sleep(0.2)
        return 0
    finally:
        end(children)


def end(children: list[subprocess.Popen]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    limit = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(0.1, limit - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()


if __name__ == "__main__":
    sys.exit(main())
