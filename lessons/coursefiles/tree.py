"""The pages: home, course, modules, lessons, tests, dictionary, pages of plain content – in every language."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page

from cms.models import ContentPage, HomePage
from courses.models import CoursePage, ModulePage
from dictionary.models import DictionaryPage, InfoSheetIndexPage, InfoSheetPage, PhrasebookPage

from ..models import LessonPage, TestPage
from .codec import LANGUAGES, complaint, first_place, from_plain, is_empty, to_plain
from .files import CourseFileError, read_yaml, write_yaml
from .ids import keep_ids
from .lines import Keys
from .markup import from_html, to_html
from .outline import read_outline
from .refs import Refs, uuid_of
from .sync import Data


@dataclass(frozen=True)
class Spec:
    """Which fields of a page type stand in the files, and whether the page is in the menu."""

    model: type[Page]
    fields: list[str]
    in_menu: bool = False


SPECS = {
    "home": Spec(
        HomePage,
        [
            "slug", "title", "menu_title", "introduction", "hero_romani", "hero_gloss", "hero_recording", "heading",
            "start_page", "start_label", "paths", "how_heading", "how_text", "why_heading", "why_text", "unknown_text",
            "sources_page",
        ],
    ),
    "course": Spec(CoursePage, ["slug", "title", "menu_title", "introduction", "level"], in_menu=True),
    "modules": Spec(ModulePage, ["slug", "title", "goal"]),
    "lessons": Spec(LessonPage, ["slug", "title", "can_do", "minutes", "body", "quiz"]),
    "tests": Spec(TestPage, ["slug", "title", "introduction", "quiz"]),
    "dictionary": Spec(DictionaryPage, ["slug", "title", "menu_title", "introduction"], in_menu=True),
    "phrasebook": Spec(PhrasebookPage, ["slug", "title", "menu_title", "introduction", "body"], in_menu=True),
    "info-sheets": Spec(InfoSheetIndexPage, ["slug", "title", "menu_title", "introduction"], in_menu=True),
    "sheets": Spec(
        InfoSheetPage,
        [
            "slug", "title", "romani_title", "introduction", "lines", "facts", "notice", "evidence", "helpful",
            "no_source",
        ],
    ),
    "pages": Spec(ContentPage, ["slug", "title", "menu_title", "introduction", "body", "show_in_footer"]),
}  # fmt: skip
SINGLE = {"home", "dictionary", "phrasebook", "info-sheets"}
"""Pages of which there is one; their files lie in pages/ beside those of plain content."""
KINDS = {spec.model: name for name, spec in SPECS.items()}


def spec_of(ref: str) -> Spec:
    return SPECS[ref.partition("/")[0]]


class Pages:
    """Pages by `<reference>.<language>`, for example `lessons/01-sveiki.lv`. Parents come before children."""

    name = "page"
    adopts = True  # the front pages are made by a migration, before any file was read

    def __init__(self, refs: Refs) -> None:
        self.refs = refs
        self.parents: dict[str, str] = {}
        self.order: list[str] = []
        self.root = Path()
        self.loaded: set[tuple[str, str]] = set()  # key and language of pages that this load made or changed

    # --- from the files -------------------------------------------------------------------

    def read(self, root: Path) -> dict[str, Data]:
        self.root = root
        outline = read_outline(root, spec_of("modules").fields)
        found: dict[str, Data] = {}
        course = dict(outline.get("course") or {})
        final = course.pop("test", "")
        self._take(found, "course", "home", _split_languages(course))
        for module in outline.get("modules") or []:
            ref = f"modules/{module['number']}"
            texts = {name: value for name, value in module.items() if name not in ("number", "test", "lessons")}
            self._take(found, ref, "course", _split_languages(texts))
            for name in module.get("lessons") or []:
                self._take(found, f"lessons/{name}", ref, self._by_language(root / "lessons" / name, "lesson"))
            if module.get("test"):
                test = module["test"].removesuffix(".yaml")
                self._take(found, test, ref, self._test(root / module["test"]))
        if final:
            self._take(found, final.removesuffix(".yaml"), "course", self._test(root / final))
        self._take(found, "dictionary", "home", self._by_language(root / "pages", "dictionary"))
        self._take(found, "phrasebook", "home", self._by_language(root / "pages", "phrasebook"))
        self._take(found, "info-sheets", "home", self._by_language(root / "pages", "info-sheets"))
        for name in sorted(_names(root / "sheets")):
            self._take(found, f"sheets/{name}", "info-sheets", self._by_language(root / "sheets", name))
        for name in sorted(_names(root / "pages") - SINGLE):
            self._take(found, f"pages/{name}", "home", self._by_language(root / "pages", name))
        # Last, for they name other pages; a migration has made them already.
        self._take(found, "home", "", self._by_language(root / "pages", "home"))
        return found

    def _take(self, found: dict[str, Data], ref: str, parent: str, texts: dict[str, Data]) -> None:
        self.parents[ref] = parent
        self.order.append(ref)
        for language, data in texts.items():
            found[f"{ref}.{language}"] = self._canonical(ref, language, data)

    @staticmethod
    def _by_language(folder: Path, name: str) -> dict[str, Data]:
        found = {language: read_yaml(folder / f"{name}.{language}.yaml") for language in LANGUAGES}
        return {language: data for language, data in found.items() if data}

    @staticmethod
    def _test(path: Path) -> dict[str, Data]:
        content = read_yaml(path) or {}
        if content.get("page"):
            return dict(content["page"])
        slugs = {"lv": "tests", "en": "test"}
        return {
            language: {"slug": slugs[language], "title": title}
            for language, title in ((content.get("quiz") or {}).get("title") or {}).items()
        }

    def _source(self, ref: str, language: str) -> tuple[Path, Keys]:
        """Return the file in which a page stands, and where in it."""
        kind, _, name = ref.partition("/")
        if kind == "lessons":
            return self.root / ref / f"lesson.{language}.yaml", ()
        if kind == "tests":
            return self.root / f"{ref}.yaml", ("page", language)
        if kind == "course":
            return self.root / "course.yaml", ("course",)
        if kind == "modules":
            return self.root / "course.yaml", ("modules", [one for one in self.order if "modules/" in one].index(ref))
        folder = kind if kind not in SINGLE and (self.root / kind).is_dir() else "pages"
        return self.root / folder / f"{name or kind}.{language}.yaml", ()

    def _canonical(self, ref: str, language: str, data: Data) -> Data:
        spec = spec_of(ref)
        unknown = sorted(set(data) - set(spec.fields))
        if unknown:
            message = f"{ref}.{language}: unknown field {unknown[0]!r}; known are {', '.join(spec.fields)}"
            path, keys = self._source(ref, language)
            raise CourseFileError(message, (unknown[0],)).in_file(path, *keys)
        page = spec.model(title=data.get("title", ""))
        self._fill(page, ref, data, language, check=False)
        return self._data(page, ref)

    # --- from the database ----------------------------------------------------------------

    def current(self) -> dict[str, tuple[Any, Data]]:
        self._name_new_pages()
        found = {}
        for model in KINDS:
            for page in model.objects.select_related("locale").order_by("path"):
                ref = self.refs.ref_of(page.translation_key)
                latest = page.get_latest_revision_as_object() if page.has_unpublished_changes else page
                found[f"{ref}.{page.locale.language_code}"] = (page, self._data(latest, ref))
        return found

    def _name_new_pages(self) -> None:
        """Give pages that authors made a reference by place and slug; the home pages are always `home`."""
        for page in HomePage.objects.all():
            self.refs.remember_page("home", page.translation_key)
        lesson = 0
        for page in Page.objects.filter(locale__language_code="lv").specific().order_by("path"):
            kind = KINDS.get(type(page))
            lesson += kind == "lessons"
            if kind is None or str(page.translation_key) in self.refs.pages:
                continue
            number = f"{lesson:02d}-{page.slug}" if kind == "lessons" else page.slug
            known = set(self.refs.pages.values())
            ref = kind if kind in {"course", *SINGLE} and kind not in known else f"{kind}/{number}"
            self.refs.remember_page(ref, page.translation_key)

    def _data(self, page: Page, ref: str) -> Data:
        data: Data = {}
        for name in spec_of(ref).fields:
            value = self._plain(page, name, ref)
            if not is_empty(value) or (name == "show_in_footer" and value is False):
                data[name] = value
        if data.get("show_in_footer") is True:
            del data["show_in_footer"]
        return data

    def _plain(self, page: Page, name: str, ref: str) -> Any:
        field = page._meta.get_field(name)
        if isinstance(field, StreamField):
            return to_plain(field.stream_block, getattr(page, name).get_prep_value(), self.refs)
        if isinstance(field, RichTextField):
            return from_html(getattr(page, name))
        if isinstance(field, models.ForeignKey):
            pk = getattr(page, field.attname)
            if not pk:
                return None
            if field.related_model is Page:
                return self.refs.page_ref(pk)
            kind = str(field.related_model._meta.model_name)
            key = self.refs.key(kind, pk)
            return None if kind == "quiz" and key == ref else key
        return getattr(page, name)

    # --- into the database ----------------------------------------------------------------

    def create(self, items: dict[str, Data]) -> None:
        for key, data in items.items():
            ref, _, language = key.rpartition(".")
            spec = spec_of(ref)
            page = spec.model(
                translation_key=uuid_of("page", ref),
                locale=self._locale(language),
                show_in_menus=spec.in_menu,
                live=False,
            )
            self._fill(page, ref, data, language)
            self._place(page, ref, language)
            revision = page.save_revision()
            self.refs.remember_page(ref, page.translation_key)
            revision.publish()
            self.loaded.add((str(page.translation_key), language))

    def _place(self, page: Page, ref: str, language: str) -> None:
        """Put a page below its parent, after the one that stands before it in the files."""
        parent = self._find(self.parents[ref], language)
        if parent is None:
            raise CourseFileError(f"{ref}.{language}: its parent {self.parents[ref]!r} is not there")
        earlier = [other for other in self.order[: self.order.index(ref)] if self.parents[other] == self.parents[ref]]
        for other in reversed(earlier):
            sibling = self._find(other, language)
            if sibling is not None and sibling.get_parent().pk == parent.pk:
                sibling.add_sibling(pos="right", instance=page)
                return
        parent.add_child(instance=page)

    def _find(self, ref: str, language: str) -> Page | None:
        if ref == "home":
            return HomePage.objects.filter(locale__language_code=language).first()
        key = self.refs.page_key_of(ref)
        return Page.objects.filter(translation_key=key, locale__language_code=language).first()

    @staticmethod
    def _locale(language: str) -> Locale:
        return Locale.objects.get_or_create(language_code=language)[0]

    def update(self, key: str, thing: Page, data: Data) -> None:
        ref, _, language = key.rpartition(".")
        page = type(thing).objects.get(pk=thing.pk)
        self._fill(page, ref, data, language)
        page.save_revision().publish()
        self.loaded.add((str(page.translation_key), language))

    def _fill(self, page: Page, ref: str, data: Data, language: str, *, check: bool = True) -> None:
        try:
            self._fill_fields(page, ref, data, language, check=check)
        except CourseFileError as error:
            path, keys = self._source(ref, language)
            raise error.in_file(path, *keys) from None

    def _fill_fields(self, page: Page, ref: str, data: Data, language: str, *, check: bool) -> None:
        spec = spec_of(ref)
        self.refs.language = language
        for name in spec.fields:
            field = page._meta.get_field(name)
            value = data.get(name)
            if isinstance(field, StreamField):
                stored = self._stored(field, value, ref, name)
                if page.pk:
                    stored = keep_ids(field.stream_block, getattr(page, name).get_prep_value(), stored)
                setattr(page, name, field.stream_block.to_python(stored))
                if check:
                    self._check(field, getattr(page, name), f"{ref}.{language}: {name}")
            elif isinstance(field, RichTextField):
                setattr(page, name, to_html(value or ""))
            elif isinstance(field, models.ForeignKey):
                setattr(page, field.attname, self._target(field, value, ref, language))
            elif name in data:
                setattr(page, name, value)
            elif name != "slug":
                setattr(page, name, field.get_default())
        if check:
            self._check_page(page, ref, language)

    def _stored(self, field: StreamField, value: Any, ref: str, name: str) -> Any:
        try:
            return from_plain(field.stream_block, value, self.refs, f"{ref}.{name}")
        except CourseFileError as error:
            raise error.below(name) from None

    def _target(self, field: models.ForeignKey, value: Any, ref: str, language: str) -> int | None:
        kind = str(field.related_model._meta.model_name)  # type: ignore[union-attr]
        if field.related_model is Page:
            return self.refs.page_pk(value, language) if value else None
        if kind == "quiz":
            return self.refs.to_pk["quiz"].get(value or ref)
        try:
            return self.refs.pk(kind, value) if value else None
        except CourseFileError as error:
            raise CourseFileError(f"{field.name}: {error}", (field.name,)) from None

    @staticmethod
    def _check(field: StreamField, value: Any, place: str) -> None:
        try:
            field.stream_block.clean(value)
        except ValidationError as error:
            raise CourseFileError(f"{place}: {complaint(error)}", (field.name, *first_place(error))) from error

    @staticmethod
    def _check_page(page: Page, ref: str, language: str) -> None:
        try:
            page.clean_fields(
                exclude=["path", "depth", "url_path", "content_type", "locale", "draft_title", "body", "paths"]
            )
        except ValidationError as error:
            first = next(iter(error.message_dict))
            raise CourseFileError(f"{ref}.{language}: {error.message_dict}", (first,)) from error

    # --- into the files -------------------------------------------------------------------

    def write(self, root: Path, items: dict[str, Data]) -> None:
        for key, data in items.items():
            ref, _, language = key.rpartition(".")
            kind, _, name = ref.partition("/")
            if kind == "lessons":
                write_yaml(root / ref / f"lesson.{language}.yaml", data)
            elif kind == "sheets":
                write_yaml(root / "sheets" / f"{name}.{language}.yaml", data)
            elif kind in SINGLE or kind == "pages":
                write_yaml(root / "pages" / f"{name or kind}.{language}.yaml", data)
        for path_ref in {key.rpartition(".")[0] for key in items if key.startswith("tests/")}:
            path = root / f"{path_ref}.yaml"
            page = {
                language: items[f"{path_ref}.{language}"] for language in LANGUAGES if f"{path_ref}.{language}" in items
            }
            write_yaml(path, {"page": page, **{k: v for k, v in (read_yaml(path) or {}).items() if k != "page"}})
        write_yaml(root / "course.yaml", self._outline(items))

    def _outline(self, items: dict[str, Data]) -> Data:
        modules = []
        for page in ModulePage.objects.filter(locale__language_code="lv").order_by("path"):
            ref = self.refs.ref_of(page.translation_key)
            children = [self.refs.ref_of(child.translation_key) for child in page.get_children().order_by("path")]
            test = next((child for child in children if child.startswith("tests/")), None)
            number = ref.partition("/")[2]
            module: Data = {"number": int(number) if number.isdigit() else number, **_join_languages(items, ref)}
            module |= {"test": f"{test}.yaml"} if test else {}
            module["lessons"] = [child.partition("/")[2] for child in children if child.startswith("lessons/")]
            modules.append(module)
        return {"course": _join_languages(items, "course") | self._final_test(), "modules": modules}

    def _final_test(self) -> Data:
        """Return where the test of the whole course lies: the first below the course's own page."""
        for page in CoursePage.objects.filter(locale__language_code="lv").order_by("path"):
            refs = [self.refs.ref_of(child.translation_key) for child in page.get_children().order_by("path")]
            test = next((ref for ref in refs if ref.startswith("tests/")), None)
            return {"test": f"{test}.yaml"} if test else {}
        return {}

    def object_id(self, key: str) -> str:
        ref = key.rpartition(".")[0]
        if ref == "home":
            return str(HomePage.objects.values_list("translation_key", flat=True).first())
        return str(uuid_of("page", ref))


def _names(folder: Path) -> set[str]:
    return {path.name.split(".")[0] for path in folder.glob("*.yaml")}


def _split_languages(texts: Data) -> dict[str, Data]:
    """Turn {title: {lv:, en:}, level: A1} into one map for each language that has a title."""
    found: dict[str, Data] = {}
    for language in LANGUAGES:
        one = {name: value.get(language) if isinstance(value, dict) else value for name, value in texts.items()}
        if one.get("title"):
            found[language] = {name: value for name, value in one.items() if value is not None}
    return found


def _join_languages(items: dict[str, Data], ref: str) -> Data:
    joined: Data = {}
    for name in spec_of(ref).fields:
        values = {language: items.get(f"{ref}.{language}", {}).get(name) for language in LANGUAGES}
        values = {language: value for language, value in values.items() if value is not None}
        if not values:
            continue
        same = name == "level" and len(set(values.values())) == 1
        joined[name] = next(iter(values.values())) if same else values
    return joined
