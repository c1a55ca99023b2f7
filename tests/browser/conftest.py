"""One real site and one real browser for all tests of this folder."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.chromium import executable

from .places import Place
from .places import places as all_places
from .running import RunningSite
from .watching import Watch

CHROMIUM = executable()
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--disable-features=MediaRouter,OptimizationHints,Translate",
]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


@pytest.hookimpl(tryfirst=True)  # before marks choose what runs
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


FAILED = pytest.StashKey[bool]()


def have_chromium() -> None:
    """Without a browser a developer's machine says so; where the project is judged, it is a failure."""
    if Path(CHROMIUM).exists():
        return
    if os.environ.get("CI"):
        pytest.fail("There is no Chromium: .ci/run installs it.")
    pytest.skip("There is no Chromium on this machine (apt-get install chromium).")


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    have_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The running site. Tests share it: each brings its own people, and puts back what it changes."""
    have_chromium()
    running = RunningSite(
        tmp_path_factory.mktemp("site"), os.environ.get("DATABASE_URL", ""), os.environ.get("CACHE_URL", "")
    )
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="package")
def pages(site: RunningSite) -> dict[str, list[dict[str, Any]]]:
    """The published Latvian pages by type."""
    return site.ask("pages", "lv")


class Opener:
    """Opens browser windows that are watched; one per person of a test."""

    def __init__(self, browser: Browser, site: RunningSite):
        self.browser, self.site = browser, site
        self.windows: list[tuple[BrowserContext, Watch]] = []
        self.traced: list[BrowserContext] = []

    def __call__(self, email: str = "", *, viewport: Any = None, traced: bool = True, **options: Any) -> Page:
        """Return a page of a new context; with `email` somebody is signed in.

        A trace takes a fifth of the time: a test that opens one page and looks at it goes without.
        """
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport=viewport or DESKTOP,
            locale="lv-LV",
            timezone_id="Europe/Riga",
            **options,
        )
        context.set_default_timeout(10_000)
        self.windows.append((context, Watch(context, self.site.url)))
        if email:
            self.sign_in(context, email)
        if traced:
            context.tracing.start(snapshots=True, screenshots=False)
            self.traced.append(context)
        return context.new_page()

    def sign_in(self, context: BrowserContext, email: str) -> None:
        """Put into the browser what sign-in leaves there."""
        values = {"sessionid": self.site.ask("person", email), "csrftoken": "t" * 32, "signed_in": "1"}
        context.add_cookies([{"name": name, "value": value, "url": self.site.url} for name, value in values.items()])

    def watch(self, page: Page) -> Watch:
        return next(watch for context, watch in self.windows if context is page.context)


@pytest.fixture
def window(
    chromium: Browser, site: RunningSite, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[..., Page]]:
    """Open windows; at the end nothing forbidden may have happened in any of them."""
    opener = Opener(chromium, site)
    yield opener
    faults = [fault for _, watch in opener.windows for fault in watch.unexpected()]
    failed = request.node.stash.get(FAILED, False) or bool(faults)
    for number, (context, _) in enumerate(opener.windows):
        if failed:
            keep(context, tmp_path, number, traced=context in opener.traced)
        context.close()
    assert not faults, "\n".join(faults)


def keep(context: BrowserContext, folder: Path, number: int, *, traced: bool) -> None:
    """Leave a picture of every open page and the trace, and say where they are."""
    for place, page in enumerate(context.pages):
        path = folder / f"window-{number}-{place}.png"
        page.screenshot(path=path)
        print(f"Seen at {page.url}: {path}")
    if traced:
        trace = folder / f"trace-{number}.zip"
        context.tracing.stop(path=trace)
        print(f"Trace: playwright show-trace {trace}")


@pytest.fixture(scope="package")
def places(site: RunningSite, pages: dict[str, list[dict[str, Any]]]) -> dict[str, Place]:
    """One address of every type of page."""
    return all_places(site, pages)
