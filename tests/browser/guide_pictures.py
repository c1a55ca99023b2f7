"""Takes the pictures of the guide by following it: `python -m tests.browser.guide_pictures`.

Writes docs/how-to/pictures/<name>.png, each as the screen looks after the step that it stands below: a piece of it
around what was touched last, no wider than reads on a phone.
"""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from . import guide
from .conftest import CHROMIUM, QUIET, Opener
from .following import Follower
from .guide_site import GUIDE, author, made_ready
from .running import ROOT, RunningSite

FOLDER = guide.FOLDER / "pictures"
WINDOW = {"width": 880, "height": 860}
WIDTH, HEIGHT = 600, 450


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="pamatkurss-guide-") as var, sync_playwright() as playwright:
        site = RunningSite(Path(var))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            site.start()
            with made_ready(site):
                page = Opener(browser, site)(viewport=WINDOW, traced=False)
                reader = Follower(page, author(site))
                for part in guide.read(GUIDE):
                    if isinstance(part, guide.Step):
                        reader.follow(part)
                    else:
                        keep(page, reader, part.name)
        finally:
            browser.close()
            site.stop()


def keep(page: Page, reader: Follower, name: str) -> None:
    """Write the piece of the screen around what was touched last, in few colours: the pages have few."""
    page.wait_for_timeout(600)
    data = page.screenshot(animations="disabled", clip=around(reader))
    path = FOLDER / f"{name}.png"
    picture = Image.open(io.BytesIO(data)).convert("RGB")
    picture.quantize(64, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KiB")


def around(reader: Follower) -> dict[str, float]:
    """Return the piece of the window to show, with what was touched in its lower half."""
    box = reader.box or {"x": 0, "y": 0, "width": 0, "height": 0}
    left = min(max(box["x"] - 75, 0), WINDOW["width"] - WIDTH)
    top = min(max(box["y"] + box["height"] - HEIGHT * 0.7, 0), WINDOW["height"] - HEIGHT)
    return {"x": left, "y": top, "width": WIDTH, "height": HEIGHT}


if __name__ == "__main__":
    main()
