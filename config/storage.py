"""Static files with hashed names, so that browsers may keep them for ever."""

from collections.abc import Iterator
from typing import Any

from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("cms/", "lessons/", "dictionary/", "courses/", "progress/", "media/", "accounts/", "studio/", "review/")


ASIDE = (r"(?s)/\*(?!!).*?\*/|(?<=\n)[ \t]+", "")
"""What a style sheet holds for its readers alone: comments (but for licences) and indentation; half a kilobyte sent."""


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hash names, rewrite `import` inside our own ES modules, leave out of our style sheets what is for people
    alone, compress what learners load.

    Other packages' scripts stay as they are: Django's rewriter is a pattern, and libraries hold lines it
    misreads. The CMS's 28 MB of them are not compressed here, which would take half a minute at every
    first start; the web server in front does that where it matters.
    """

    support_js_module_import_aggregation = True
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("*.css", (ASIDE,)))

    def url_converter(self, name: str, hashed_files: dict[str, str], template: str | None = None) -> Any:
        if template == ASIDE[1]:
            return lambda match: "" if name.startswith(OURS) else match.group(0)
        if name.endswith(".js") and not name.startswith(OURS):
            return lambda match: match.group(0)
        return super().url_converter(name, hashed_files, template)

    def compress_files(self, paths: Any) -> Iterator[tuple[str, str]]:
        yield from super().compress_files([path for path in paths if str(path).startswith(OURS)])
