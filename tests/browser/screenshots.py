"""Takes the pictures for the docs from a fresh site: `python -m tests.browser.screenshots`.

Writes docs/screenshots/<page>-<phone|desktop>[-dark].png. Nothing in them is staged but the learner.
"""

import io
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from .conftest import CHROMIUM, QUIET, Opener
from .running import ROOT, RunningSite
from .taking import answer_step, keys

FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"phone": {"width": 390, "height": 844}, "desktop": {"width": 1280, "height": 860}}
LEARNER = "ilze@example.lv"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pamatkurss-pictures-") as var, sync_playwright() as playwright:
        site = RunningSite(Path(var))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            site.start()
            for size, viewport in SIZES.items():
                take_all(browser, site, size, viewport)
        finally:
            browser.close()
            site.stop()


def take_all(browser: Browser, site: RunningSite, size: str, viewport: Any) -> None:
    pages = site.ask("pages", "lv")
    opener = Opener(browser, site)
    lesson, quiz = pages["lesson"][0]["path"], pages["lesson"][0]["quiz"]
    site.ask("person", LEARNER, "Ilze Ozola")
    passed = site.ask("attempt_as", LEARNER, quiz, "passed")

    page = opener(viewport=viewport)
    for name, path in {
        "home": "/",
        "lesson": lesson,
        "entry": f"{pages['dictionary'][0]['path']}rl0564/",
    }.items():
        page.goto(path)
        keep(page, f"{name}-{size}")
    page.goto(lesson)
    page.emulate_media(color_scheme="dark")
    keep(page, f"lesson-{size}-dark")

    page = opener(LEARNER, viewport=viewport)
    page.goto(pages["course"][0]["path"])
    keep(page, f"course-{size}")
    page.goto(f"/tests/meginajums/{passed}/")
    keep(page, f"result-{size}")
    attempt = site.ask("attempt_as", LEARNER, pages["lesson"][1]["quiz"], "begun")
    known = keys(site, attempt)
    heard = next(place for place, key in enumerate(known.values(), 1) if key["type"] == "choice")
    page.goto(f"/tests/meginajums/{attempt}/#q{heard}")
    keep(page, f"quiz-{size}")
    answer_step(page, known, right=False)
    keep(page, f"verdict-{size}")

    page = opener(viewport=viewport)
    page.goto("/admin/")
    page.fill("input[name=username]", "author@pamatkurss.example")
    page.fill("input[name=password]", site.password("author@pamatkurss.example"))
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")
    keep(page, f"desk-{size}")
    take_studio(page, site, size)
    for context, watch in opener.windows:
        for fault in watch.unexpected():
            print(fault)
        context.close()


def take_studio(page: Page, site: RunningSite, size: str) -> None:
    """Show a recording session from what is missing to the second listener, who is somebody else."""
    made = site.ask("studio")
    while not site.ask("takes_ready"):
        page.wait_for_timeout(500)
    for name, path in {
        "completeness": "/admin/studio/completeness/",
        "session": f"/admin/studio/sessions/{made['session']}/",
        "recorder": f"/admin/studio/sessions/{made['session']}/record/",
        "consent": f"/admin/speakers/consent/{made['speaker']}/take/",
        "uploads": "/admin/studio/uploads/",
    }.items():
        page.goto(path)
        keep(page, f"{name}-{size}")
    page.context.clear_cookies()
    page.goto("/admin/login/")
    page.fill("input[name=username]", "reviewer@pamatkurss.example")
    page.fill("input[name=password]", site.password("reviewer@pamatkurss.example"))
    page.locator("button[type=submit]").click()
    page.wait_for_url("**/admin/")
    page.goto("/admin/studio/takes/")
    keep(page, f"takes-{size}")


def keep(page: Page, name: str) -> None:
    """Write what the window shows, in few colours: the pages have few."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    path = FOLDER / f"{name}.png"
    picture.quantize(128, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
