"""The real thing, as `make run` starts it: production settings, gunicorn, the worker, the starter course."""

import ctypes
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.env import known

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "config.launch"]
START_SECONDS = 240
STOP_SECONDS = 30
PR_SET_PDEATHSIG = 1


class RunningSite:
    """One site on a free port, with a `var/` and a database of its own."""

    def __init__(self, var: Path, database_url: str = "", cache_url: str = ""):
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = var / "site.log"
        # Nothing of what the machine or the tests themselves set may reach the site.
        self.environment = {name: value for name, value in os.environ.items() if name not in known()}
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "config.settings.production",
            "VAR_DIR": str(var),
            "PORT": str(self.port),
        }
        self._database = Database(database_url) if database_url.startswith("postgres") else None
        if self._database:
            self.environment["DATABASE_URL"] = self._database.url
        if cache_url:
            # The tests beside us empty theirs.
            self.environment["CACHE_URL"] = urlsplit(cache_url)._replace(path="/7").geturl()
        self._launch: subprocess.Popen | None = None
        self._inside: subprocess.Popen | None = None

    def start(self) -> None:
        """Start as a person would, and return once the site says that it is ready."""
        self.var.mkdir(parents=True, exist_ok=True)
        with self.log.open("a") as log:
            self._launch = subprocess.Popen(
                COMMAND,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=end_with_parent,
            )
        limit = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self._launch.poll() is not None or time.monotonic() > limit:
                self.kill()
                raise RuntimeError(f"The site did not start:\n{self.last_lines()}")
            time.sleep(0.1)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2) as response:
                return response.status == 200
        except (urllib.error.URLError, OSError):
            return False

    def kill(self) -> None:
        """End everything at once, as when the power fails: launcher, server, its workers, the task worker."""
        if self._launch is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._launch.pid, signal.SIGKILL)
        self._launch.wait()
        self._launch = None

    def stop(self) -> None:
        """End as Ctrl+C does, and give back what was borrowed."""
        if self._inside:
            self._inside.stdin.close()
            self._inside.wait(STOP_SECONDS)
            self._inside = None
        if self._launch:
            self._launch.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._launch.wait(STOP_SECONDS)
            self.kill()
        if self._database:
            self._database.drop()

    def last_lines(self, count: int = 40) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:]) if self.log.exists() else ""

    def ask(self, name: str, *args: Any) -> Any:
        """Return what the function `name` of `tests.browser.inside` finds in the site's own database."""
        if self._inside is None:
            with self.log.open("a") as log:
                self._inside = subprocess.Popen(
                    [sys.executable, "-m", "tests.browser.inside"],
                    cwd=ROOT,
                    env=self.environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    text=True,
                )
        self._inside.stdin.write(json.dumps([name, args]) + "\n")
        self._inside.stdin.flush()
        line = self._inside.stdout.readline()
        if not line:
            raise RuntimeError(f"{name} could not be asked:\n{self.last_lines()}")
        reply = json.loads(line)
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply["result"]

    def letters(self, address: str) -> list[EmailMessage]:
        """Return the letters to an address, the oldest first."""
        found = []
        for path in sorted((self.var / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime):
            for part in path.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                letter = message_from_bytes(part.lstrip(), policy=policy.default)
                if address in (letter["To"] or ""):
                    found.append(letter)
        return found

    def password(self, address: str) -> str:
        """Return the password of one of the first accounts, from where `make run` says it is."""
        lines = (self.var / "accounts.txt").read_text().splitlines()
        return dict(line.split() for line in lines)[address]


class Database:
    """A PostgreSQL database of its own on the server of `url`."""

    def __init__(self, url: str):
        self.server = url
        self.name = f"browser_{secrets.token_hex(4)}"
        self.url = urlsplit(url)._replace(path=f"/{self.name}").geturl()
        self._run(f'CREATE DATABASE "{self.name}"')

    def drop(self) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def _run(self, command: str) -> None:
        import psycopg  # only where PostgreSQL is used

        with psycopg.connect(self.server, autocommit=True) as connection:
            connection.execute(command)


def end_with_parent() -> None:
    """Let Linux end the launcher, as Ctrl+C would, when the tests themselves are killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
