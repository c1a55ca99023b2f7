"""Static files with hashed names, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = ("cms/", "lessons/", "dictionary/", "courses/", "progress/", "media/", "accounts/")


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hash names and rewrite `import` inside our own ES modules; leave other packages' scripts as they are.

    Django's rewriter is a pattern, and libraries hold lines it misreads.
    """

    support_js_module_import_aggregation = True
    manifest_strict = True

    def url_converter(self, name, hashed_files, template=None):
        converter = super().url_converter(name, hashed_files, template)
        if name.endswith(".js") and not name.startswith(OURS):
            return lambda match: match.group(0)
        return converter
