"""Names for things in files: what a primary key is in the database is a code, a reference or a file name here."""

import zlib
from collections import defaultdict
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from wagtail.models import Page

from dictionary.models import Entry
from media.models import CourseImage, Recording

from ..models import Exercise, LoadedItem, Quiz
from .files import CourseFileError

NAMESPACE = uuid5(NAMESPACE_URL, "romu-valodas-pamatkurss")


def uuid_of(kind: str, key: str) -> UUID:
    """Return the uuid of a thing of the files; a key that is a uuid already stands for itself."""
    try:
        return UUID(key)
    except ValueError:
        return uuid5(NAMESPACE, f"{kind}/{key}")


class Refs:
    """Both directions between keys in files and primary keys in the database. Read once, kept up while loading."""

    def __init__(self) -> None:
        self.keys: dict[str, str] = {}
        self.pages: dict[str, str] = {}
        for object_id, loaded in LoadedItem.objects.values_list("object_id", "key"):
            kind, _, key = loaded.partition("/")
            if kind == "page":
                self.pages[object_id] = key.rpartition(".")[0]
            else:
                self.keys[object_id] = key
        self.to_pk: dict[str, dict[str, int]] = {"entry": {}, "exercise": {}, "quiz": {}, "recording": {}}
        self.to_pk |= {"page": {}, "image": {}}
        self.language = "lv"
        self.to_key: dict[str, dict[int, str]] = {kind: {} for kind in self.to_pk}
        self.images_named: set[int] = set()
        for code, pk in Entry.objects.values_list("code", "pk"):
            self.add("entry", code, pk)
        for kind, model in (("exercise", Exercise), ("quiz", Quiz), ("recording", Recording)):
            for uuid, pk in model.objects.values_list("uuid", "pk"):
                self.add(kind, self.key_of(kind, uuid), pk)
        for image in CourseImage.objects.only("pk", "file", "file_hash"):
            content = image.get_file_hash()
            self.add("image", self.keys.get(content, content), image.pk)

    def key_of(self, kind: str, uuid: UUID) -> str:
        """Return the files' key of an object: the one it was loaded under, or its uuid."""
        return self.keys.get(str(uuid), str(uuid))

    def remember(self, key: str, uuid: UUID) -> None:
        self.keys[str(uuid)] = key

    def remember_page(self, ref: str, translation_key: UUID) -> None:
        self.pages[str(translation_key)] = ref

    def add(self, kind: str, key: str, pk: int) -> None:
        self.to_pk[kind][key] = pk
        self.to_key[kind][pk] = key

    def pk(self, kind: str, key: str) -> int:
        """Return the primary key, or say which name is unknown."""
        try:
            return self.to_pk[kind][key]
        except KeyError:
            raise CourseFileError(f"there is no {kind} {key!r}") from None

    def key(self, kind: str, pk: Any) -> str:
        if kind == "image":
            self.images_named.add(pk)
        return self.to_key[kind].get(pk, "")

    def page_pk(self, ref: str, language: str) -> int:
        """Return the primary key of the page that a reference names in a language.

        A page that is still to be made has a stand-in below zero, so that files can be read before they are loaded.
        """
        key = self.page_key_of(ref)
        pk = (
            Page.objects.filter(translation_key=key, locale__language_code=language)
            .values_list("pk", flat=True)
            .first()
        )
        if pk is None:
            pk = -zlib.crc32(ref.encode())
            self.add("page", ref, pk)
        return pk

    def page_key_of(self, ref: str) -> str:
        """Return the translation key behind a reference."""
        return next((key for key, known in self.pages.items() if known == ref), "") or str(uuid_of("page", ref))

    def page_ref(self, pk: int) -> str:
        """Return the reference of a page."""
        if pk in self.to_key["page"]:
            return self.to_key["page"][pk]
        key = Page.objects.filter(pk=pk).values_list("translation_key", flat=True).first()
        return self.ref_of(key) if key else ""

    def ref_of(self, translation_key: UUID) -> str:
        return self.pages.get(str(translation_key), str(translation_key))


class _All(dict[str, int]):
    """Has every name."""

    def __contains__(self, name: object) -> bool:
        return True


class AnyRefs(Refs):
    """Takes every name for known: for looking at the form of files alone. Asks the database nothing."""

    def __init__(self) -> None:
        self.keys, self.pages, self.images_named, self.language = {}, {}, set(), "lv"
        self.to_pk, self.to_key = defaultdict(_All), defaultdict(dict)

    def pk(self, kind: str, key: str) -> int:
        return 1

    def page_pk(self, ref: str, language: str) -> int:
        return 1

    def page_ref(self, pk: int) -> str:
        return ""
