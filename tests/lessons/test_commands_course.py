"""load_course and export_course: a round trip changes nothing, and nothing an author did is overwritten."""

import filecmp
import shutil
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import TestCase

from cms.models import ContentPage
from dictionary.models import Entry, Form, SpellingRule, TaughtEntry
from dictionary.rules import active_rules
from dictionary.spelling import DEFAULT
from lessons.exercises import types
from lessons.models import Exercise, LessonPage, Quiz, TestPage
from media.models import Recording

CONTENT = Path(settings.BASE_DIR) / "content"
DATA = [".yaml", ".csv", ".opus", ".mp3"]


def load(folder=CONTENT, **options):
    out = StringIO()
    call_command("load_course", str(folder), stdout=out, **options)
    return out.getvalue()


def data_files(folder):
    return sorted(path.relative_to(folder) for path in Path(folder).rglob("*") if path.suffix in DATA)


class LoadedCourse(TestCase):
    """The starter course, loaded once."""

    @classmethod
    def setUpTestData(cls):
        cls.first = load()

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path / "content"
        shutil.copytree(CONTENT, self.folder)

    def edit_yaml(self, name, change):
        path = self.folder / name
        data = yaml.safe_load(path.read_text())
        change(data)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))

    def test_holds_the_whole_lexicon_and_three_modules(self):
        assert Entry.objects.words().count() == 1167
        assert Entry.objects.phrases().count() == 344
        for language in ("lv", "en"):
            assert LessonPage.objects.live().filter(locale__language_code=language).count() == 9
            assert TestPage.objects.live().filter(locale__language_code=language).count() == 3
        assert Quiz.objects.count() == 12

    def test_the_spelling_rules_are_those_of_the_software(self):
        assert active_rules() == DEFAULT
        assert SpellingRule.objects.filter(is_active=False).count() == 2

    def test_a_rule_that_would_make_one_word_of_a_protected_pair_is_refused_and_named(self):
        path = self.folder / "spelling_rules.csv"
        path.write_text(path.read_text() + "30,pārbaude,check,ph = p,anywhere,yes,none\n")
        with pytest.raises(CommandError, match=r"spelling_rules\.csv: rule 30: .*pal ≠ phal"):
            load(self.folder)
        path.write_text(path.read_text().replace("ph = p,anywhere,yes", "ph = p,anywhere,no"))
        load(self.folder)
        assert SpellingRule.objects.get(number=30).letters == "ph = p" and active_rules() == DEFAULT

    def test_forms_by_rule_never_count_as_attested(self):
        attested = set(Form.objects.filter(attested=Form.YES).values_list("form", flat=True))
        assert len(attested) <= 213
        rows = Form.objects.filter(attested=Form.RULE)
        assert rows.count() == 535
        assert not rows.exclude(source_ref="").exists()

    def test_every_taught_entry_can_be_heard_and_says_its_source(self):
        taught = Entry.objects.filter(pk__in=TaughtEntry.objects.values("entry"))
        assert taught.count() > 100
        assert not taught.filter(recording=None).exists()
        assert not taught.filter(source=None).exists()
        assert set(Recording.objects.values_list("kind", "status")) == {("synthetic", "ready")}

    def test_neighbours_forms_are_not_of_the_taught_variety(self):
        assert Entry.objects.filter(variety__is_taught=False).count() == 62 + 3 + 2 + 10 + 1

    def test_uses_every_exercise_type_and_every_quiz_is_of_use(self):
        assert set(Exercise.objects.values_list("type", flat=True)) == set(types())
        for quiz in Quiz.objects.all():
            assert len(quiz.live_exercises()) >= 8

    def test_loading_again_changes_nothing(self):
        before = list(LessonPage.objects.values_list("pk", "latest_revision_id"))
        out = load()
        assert "0 made, 0 updated" in out
        assert list(LessonPage.objects.values_list("pk", "latest_revision_id")) == before

    def test_a_round_trip_gives_the_same_bytes(self):
        target = self.folder.parent / "written"
        call_command("export_course", str(target), stdout=StringIO())
        names = data_files(CONTENT)
        assert data_files(target) == names
        _same, different, errors = filecmp.cmpfiles(CONTENT, target, names, shallow=False)
        assert (different, errors) == ([], [])

    def test_a_change_in_the_files_arrives(self):
        self.edit_yaml("lessons/01-sveiki/lesson.lv.yaml", lambda data: data.update(title="Labdien!"))
        assert "1 updated" in load(self.folder)
        assert LessonPage.objects.get(slug="sveiki").title == "Labdien!"

    def test_what_an_author_changed_is_kept_and_a_conflict_is_listed(self):
        page = LessonPage.objects.get(slug="sveiki")
        page.title = "Autora virsraksts"
        page.save_revision().publish()
        assert "Kept as authors changed them: page/lessons/01-sveiki.lv" in load(self.folder)
        self.edit_yaml("lessons/01-sveiki/lesson.lv.yaml", lambda data: data.update(title="Faila virsraksts"))
        assert "CONFLICT" in load(self.folder)
        assert LessonPage.objects.get(slug="sveiki").title == "Autora virsraksts"

    def test_an_authors_draft_counts_as_a_change(self):
        page = LessonPage.objects.get(slug="sveiki")
        page.can_do = "Melnraksts"
        page.save_revision()
        assert "Kept as authors changed them: page/lessons/01-sveiki.lv" in load(self.folder)

    def test_what_an_author_deleted_stays_deleted(self):
        ContentPage.objects.get(slug="privatums").delete()
        assert "pages/privacy.lv" in load(self.folder)
        assert not ContentPage.objects.filter(slug="privatums").exists()

    def test_a_word_changed_in_both_places_keeps_the_authors(self):
        entry = Entry.objects.get(code="rl0564")
        entry.note = "Piezīme"
        entry.save()
        rows = (self.folder / "lexicon.csv").read_text().replace("rl0564,najis-ta,", "rl0564,najista,")
        (self.folder / "lexicon.csv").write_text(rows)
        assert "entry/rl0564" in load(self.folder)
        assert Entry.objects.get(code="rl0564").text == "najis-ta"

    def test_what_authors_add_is_written_and_loads_elsewhere(self):
        Entry.objects.create(
            text="lačho", variety_id=Entry.objects.first().variety_id, theme_id=Entry.objects.first().theme_id
        )
        target = self.folder.parent / "written"
        call_command("export_course", str(target), stdout=StringIO())
        assert "e00001,lačho," in (target / "lexicon.csv").read_text()
        assert load(target)

    def test_a_dry_run_changes_nothing(self):
        self.edit_yaml("lessons/01-sveiki/lesson.lv.yaml", lambda data: data.update(title="Labdien!"))
        assert "Would be: 0 made, 1 updated" in load(self.folder, dry_run=True)
        assert LessonPage.objects.get(slug="sveiki").title != "Labdien!"

    def test_if_empty_leaves_a_loaded_course_alone(self):
        assert "there already" in load(self.folder, if_empty=True)

    def test_a_mistake_names_its_place_and_nothing_is_loaded(self):
        cases = [
            ("lessons/01-sveiki/exercises.yaml", lambda d: d[0]["body"].update(item="rl9999"), "rl9999"),
            ("lessons/01-sveiki/exercises.yaml", lambda d: d[0].update(type="riddle"), "riddle"),
            ("lessons/01-sveiki/lesson.lv.yaml", lambda d: d["body"][0].update(colour="red"), "colour"),
            ("lessons/01-sveiki/lesson.lv.yaml", lambda d: d.update(subtitle="x"), "subtitle"),
            ("lessons/01-sveiki/exercises.yaml", lambda d: d[0]["body"].update(distractors=[]), "sveiki-01"),
        ]
        for name, change, expected in cases:
            shutil.copy(CONTENT / name, self.folder / name)
            self.edit_yaml(name, change)
            with pytest.raises(CommandError, match=expected):
                load(self.folder)
            shutil.copy(CONTENT / name, self.folder / name)
        assert "0 made, 0 updated" in load(self.folder)

    def test_broken_yaml_names_file_and_line(self):
        (self.folder / "course.yaml").write_text("course: [")
        with pytest.raises(CommandError, match=r"(?s)course\.yaml.*line"):
            load(self.folder)
