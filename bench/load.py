"""A small load: so many requests over so many connections kept open, each timed."""

import http.client
import itertools
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """One request to send."""

    method: str
    path: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """What came of a load."""

    per_second: float
    median_ms: float
    p95_ms: float


def run(port: int, make: Callable[[int, int], Request], *, connections: int, requests: int, expect: set[int]) -> Result:
    """Send `requests` requests made by `make(connection, number)`; every status must be one of `expect`.

    Raises:
        RuntimeError: a request was answered otherwise, or not at all.
    """
    numbers: Iterator[int] = itertools.count()
    lock = threading.Lock()
    times: list[float] = []
    faults: list[str] = []

    def work(connection: int) -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        own = []
        while not faults:
            with lock:
                number = next(numbers)
            if number >= requests:
                break
            request = make(connection, number)
            start = time.perf_counter()
            try:
                link.request(request.method, request.path, request.body, request.headers)
                answer = link.getresponse()
                answer.read()
            except OSError as error:
                faults.append(f"{request.method} {request.path}: {error}")
                return
            own.append(time.perf_counter() - start)
            if answer.status not in expect:
                faults.append(f"{request.method} {request.path}: {answer.status}")
        with lock:
            times.extend(own)
        link.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(connections)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(faults[0])
    whole = time.perf_counter() - start
    times.sort()
    return Result(len(times) / whole, statistics.median(times) * 1000, times[int(len(times) * 0.95) - 1] * 1000)
