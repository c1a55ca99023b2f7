"""Measure the site against a bare Django view and a bare INSERT on the same server, in one run: `make bench`.

Prints requests per second and the ratios to the two. Ratios travel between machines, seconds do not.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from bench.load import Request, Result, run

PORT = int(os.environ.get("PORT", "8765"))
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "600"))
CONNECTIONS = 8
ROUNDS = 3


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environment = os.environ | {
            "VAR_DIR": folder,
            "SECRET_KEY": secrets.token_urlsafe(48),
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "BASE_URL": f"http://127.0.0.1:{PORT}",
        }
        facts = prepare(environment, Path(folder))
        server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "gunicorn",
                "config.wsgi",
                "--config",
                "config/gunicorn.py",
                "--bind",
                f"127.0.0.1:{PORT}",
            ],
            env=environment,
        )
        try:
            wait_until_ready()
            report(measure(facts))
        finally:
            server.terminate()
            server.wait(20)


def prepare(environment: dict[str, str], folder: Path) -> dict:
    """Return what the seeding found, from a database seeded in a process of its own."""
    target = folder / "facts.json"
    print("Seeding …", flush=True)
    subprocess.run([sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0"], env=environment, check=True)
    subprocess.run([sys.executable, "-m", "bench.seed", str(target)], env=environment, check=True)
    return json.loads(target.read_text())


def wait_until_ready() -> None:
    for _try in range(150):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{PORT}/bench/bare", timeout=10).read()
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server did not start.")


def measure(facts: dict) -> dict[str, list[Result]]:
    """Return the results of every round; the flows take turns, so that a slow moment hits all alike."""
    learners = facts["learners"]

    def answer(connection: int, number: int) -> Request:
        learner = learners[connection % len(learners)]
        exercise, right = learner["answers"][number % len(learner["answers"])]
        body = json.dumps({"id": str(uuid4()), "answer": right}).encode()
        headers = {"Authorization": f"Token {learner['token']}", "Content-Type": "application/json"}
        return Request("PUT", f"/api/v1/attempts/{learner['attempt']}/responses/{exercise}/", body, headers)

    flows: dict[str, Callable[[int, int], Request]] = {
        "bare view": lambda c, n: Request("GET", "/bench/bare"),
        "bare INSERT": lambda c, n: Request("POST", "/bench/insert", b'{"answer": null}'),
        "lesson page": lambda c, n: Request("GET", facts["lesson"]),
        "quiz answer": answer,
        "recording, 1 KiB range": lambda c, n: Request("GET", facts["audio"], None, {"Range": "bytes=0-1023"}),
        "API list of words": lambda c, n: Request("GET", f"/api/v1/words/?page={n % 20 + 1}"),
        "API search of words": lambda c, n: Request("GET", "/api/v1/words/?search=lacho"),
    }
    results: dict[str, list[Result]] = {name: [] for name in flows}
    for _round in range(ROUNDS):
        for name, make in flows.items():
            # An attempt keeps a bounded number of answers to one exercise.
            count = min(REQUESTS // ROUNDS, 400)
            results[name].append(run(PORT, make, connections=CONNECTIONS, requests=count, expect={200, 206}))
    return results


def report(results: dict[str, list[Result]]) -> None:
    def middle(values: list[float]) -> float:
        return sorted(values)[len(values) // 2]

    speeds = {name: middle([result.per_second for result in rounds]) for name, rounds in results.items()}
    print(f"\n{'flow':26}{'req/s':>9}{'median ms':>11}{'p95 ms':>9}{'bare ÷ flow':>13}{'INSERT ÷ flow':>15}")
    for name, rounds in results.items():
        median, p95 = middle([r.median_ms for r in rounds]), middle([r.p95_ms for r in rounds])
        ratios = [speeds[base] / speeds[name] for base in ("bare view", "bare INSERT")]
        print(f"{name:26}{speeds[name]:9.0f}{median:11.1f}{p95:9.1f}{ratios[0]:13.1f}{ratios[1]:15.1f}")


if __name__ == "__main__":
    main()
