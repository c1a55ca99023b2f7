"""The API as a program calls it, with the session of a learner."""

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from .running import RunningSite

TOKEN = "t" * 32


@dataclass(frozen=True)
class Reply:
    status: int
    type: str
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)


class Caller:
    """Somebody's calls; may be used from several threads at once."""

    def __init__(self, site: RunningSite, email: str = ""):
        self.site = site
        self.headers = {"Accept-Language": "lv", "Content-Type": "application/json"}
        if email:
            session = site.ask("person", email)
            self.headers |= {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}

    def __call__(self, method: str, path: str, data: Any = None, *, raw: bytes | None = None) -> Reply:
        body = raw if raw is not None else None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.site.url + path, body, self.headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return Reply(response.status, response.headers.get_content_type(), response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Reply(error.code, error.headers.get_content_type(), error.read())
