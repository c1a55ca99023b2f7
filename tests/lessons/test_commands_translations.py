"""Loading the course files: translations are level with what was loaded, and blocks keep the ids they had."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

import pytest
import yaml
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from cms.models import TranslationState
from cms.translating import services
from cms.translating.shape import MISSING, raw_of, shape_of
from lessons.models import LessonPage
from tests.lessons.small_course import small_course
from tests.lessons.test_commands_course import load
from tests.lessons.two_languages import body, publish, rewrite

LESSON = "lessons/01-sveiki/lesson"


class Loaded(TestCase):
    """The first module of the course, loaded once."""

    @classmethod
    def setUpTestData(cls):
        cls.source = small_course(Path(mkdtemp()) / "content")
        cls.addClassCleanup(shutil.rmtree, cls.source.parent)
        load(cls.source)

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path / "content"
        shutil.copytree(self.source, self.folder)

    def edit(self, language, change, name=LESSON):
        path = self.folder / f"{name}.{language}.yaml"
        data = yaml.safe_load(path.read_text())
        change(data)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))

    def page(self, language):
        key = LessonPage.objects.get(slug="sveiki").translation_key
        return LessonPage.objects.get(translation_key=key, locale__language_code=language)

    def test_every_translation_is_level_when_it_was_loaded(self):
        pages = Page.objects.filter(locale__language_code="en", depth__gt=1)
        states = TranslationState.objects.filter(page__in=pages)
        assert states.count() == pages.count()
        assert not states.filter(behind__gt=0).exists() and not states.filter(leveled_at=None).exists()

    def test_every_text_of_the_source_has_its_counterpart(self):
        """By their ids, in pages of every type: none is left without."""
        from cms.translating.compare import texts_of

        for page in Page.objects.filter(locale__language_code="en", depth__gt=1).specific():
            source = services.source_of(page)
            texts = texts_of(shape_of(type(source)), raw_of(source), raw_of(page))
            lacking = [path for path, (text, here) in texts.items() if text and here is MISSING]
            assert not lacking, page.title
            assert any(text for text, _here in texts.values())

    def test_noting_it_takes_as_many_queries_for_many_pages_as_for_few(self):
        keys = list(LessonPage.objects.filter(locale__language_code="en").values_list("translation_key", flat=True))

        def queries(some):
            with CaptureQueriesContext(connection) as counted:
                services.level_loaded((key, "en") for key in some)
            return len(counted)

        assert queries(keys[:1]) == queries(keys)

    def test_files_that_change_in_both_languages_leave_it_level(self):
        self.edit("lv", lambda data: data.update(can_do="Es atpazīstu citu sveicienu."))
        self.edit("en", lambda data: data.update(can_do="I recognise another greeting."))
        load(self.folder)
        assert not TranslationState.objects.filter(behind__gt=0).exists()

    def test_files_that_change_in_one_language_leave_the_other_behind(self):
        self.edit("lv", lambda data: data.update(can_do="Es atpazīstu citu sveicienu."))
        load(self.folder)
        assert list(TranslationState.objects.behind().values_list("page_id", flat=True)) == [self.page("en").pk]
        self.edit("en", lambda data: data.update(can_do="I recognise another greeting."))
        load(self.folder)
        assert not TranslationState.objects.filter(behind__gt=0).exists()

    def test_blocks_keep_their_ids_when_others_come_before_them_and_texts_change(self):
        before = [block["id"] for block in body(self.page("lv"))]
        assert before == [block["id"] for block in body(self.page("en"))]

        def insert(data, words):
            later = next(block for block in data["body"] if block["type"] == "grammar")
            later["heading"] = words
            # Of a kind that is there already: by its number it would have that one's id.
            data["body"].insert(0, {"type": "grammar", "heading": words, "text": words, "evidence": words})

        self.edit("lv", lambda data: insert(data, "Ievads."))
        self.edit("en", lambda data: insert(data, "To begin with."))
        load(self.folder)
        for language in ("lv", "en"):
            after = [block["id"] for block in body(self.page(language))]
            assert after[1:] == before and after[0] not in before
        assert body(self.page("lv"))[0]["id"] == body(self.page("en"))[0]["id"]
        assert not TranslationState.objects.filter(behind__gt=0).exists()

    def test_an_authors_translation_survives_files_that_change_the_source(self):
        english = self.page("en")
        rewrite(english, {"The experts who work": "Those who work"})
        publish(english)
        block = {"type": "culture", "heading": "Ievads.", "text": "Ievads."}
        self.edit("lv", lambda data: data["body"].insert(0, block))
        load(self.folder)
        assert TranslationState.objects.get(page_id=english.pk).behind == 1
        services.take_over(page=self.page("en"), user=None)
        made = self.page("en").get_latest_revision_as_object()
        assert [block["id"] for block in body(made)] == [block["id"] for block in body(self.page("lv"))]
        assert "Those who work" in str(body(made)) and "Ievads." in str(body(made)[0])

    def test_a_file_that_is_missing_in_a_language_harms_nothing(self):
        (self.folder / f"{LESSON}.en.yaml").unlink()
        self.edit("lv", lambda data: data.update(can_do="Es atpazīstu citu sveicienu."))
        load(self.folder)
        assert TranslationState.objects.get(page_id=self.page("en").pk).behind == 1
