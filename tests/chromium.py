"""Which browser the tests start.

Debian's `chromium-headless-shell` is the same engine without the parts that need a screen: it opens a window more than
twice as fast. Where it is not packaged, the full `chromium` does the same. `CHROMIUM=/path` chooses another one.
"""

import os
import shutil

NAMES = ["chromium-headless-shell", "chromium"]


def executable() -> str:
    """Return the path of the quickest Chromium there is; where there is none, the path at which it is missed."""
    found = (shutil.which(name) for name in NAMES)
    return os.environ.get("CHROMIUM") or next((path for path in found if path), "/usr/bin/chromium")
