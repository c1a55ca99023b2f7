"""load_course and export_course: a round trip changes nothing, and nothing an author did is overwritten."""

import filecmp
import io
import shutil
from io import StringIO
from pathlib import Path
from tempfile import mkdtemp

import pytest
import yaml
from django.core.files.images import ImageFile
from django.core.management import CommandError, call_command
from django.test import TestCase
from PIL import Image as PictureFile
from wagtail.models import ReferenceIndex

from cms.models import ContentPage
from dictionary.models import Entry, Form, SignOff, SpellingRule, TaughtEntry
from dictionary.rules import active_rules
from dictionary.spelling import DEFAULT
from lessons import definitions
from lessons.exercises import types
from lessons.models import Exercise, LessonPage, Quiz, TestPage
from lessons.models.exercises import named_entries
from media.models import CourseImage, Recording
from tests.dictionary.signing import reviewer, sign
from tests.lessons import scenes
from tests.lessons.small_course import CONTENT, small_course

DATA = [".yaml", ".csv", ".opus", ".mp3", ".png", ".webp"]


def load(folder, **options):
    out = StringIO()
    call_command("load_course", str(folder), stdout=out, **options)
    return out.getvalue()


def drawing_in(folder):
    """Return the file of the one picture that is not the starter course's own."""
    own = {path.stem for path in (CONTENT / "images").glob("*.png")}
    (path,) = [path for path in (folder / "images").glob("*.png") if path.stem not in own]
    return path


def data_files(folder):
    return sorted(path.relative_to(folder) for path in Path(folder).rglob("*") if path.suffix in DATA)


class LoadedCourse(TestCase):
    """The whole starter course, loaded once."""

    @classmethod
    def setUpTestData(cls):
        cls.first = load(CONTENT)

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path

    def test_holds_the_whole_lexicon_and_twelve_modules(self):
        assert Entry.objects.words().count() == 1167
        assert Entry.objects.phrases().count() == 344
        for language in ("lv", "en"):
            assert LessonPage.objects.live().filter(locale__language_code=language).count() == 36
            assert TestPage.objects.live().filter(locale__language_code=language).count() == 13
        assert Quiz.objects.count() == 49

    def test_the_spelling_rules_are_those_of_the_software(self):
        assert active_rules() == DEFAULT
        assert SpellingRule.objects.filter(is_active=False).count() == 2

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

    def test_uses_every_type_and_every_quiz_is_of_use(self):
        assert set(Exercise.objects.values_list("type", flat=True)) == set(types())
        for quiz in Quiz.objects.all():
            assert len(quiz.live_exercises()) >= 8

    def test_scenes_are_set_at_work_and_only_set_phrases_or_single_words_are_said_in_them(self):
        scenes_at_work = Exercise.objects.filter(type="dialogue")
        assert {"school", "social-work"} <= set(scenes_at_work.values_list("situation", flat=True))
        for one in scenes_at_work:
            said = Entry.objects.filter(pk__in=named_entries([one.stored_block]))
            assert all(entry.variety.is_taught for entry in said), one.title
            # A verb stands in the dictionary in a form that nobody says by itself.
            verbs = [
                entry.text for entry in said if entry.kind == Entry.WORD and entry.part_of_speech.startswith("verb")
            ]
            assert not verbs, one.title
            assert not [entry.text for entry in said if entry.recording_id is None], one.title

    def test_every_lesson_has_something_to_practise_by_oneself_or_a_scene(self):
        own = {"flashcards", "speak", "dialogue", "picture"}
        for lesson in LessonPage.objects.all():
            placed = [block.value["exercise"].type for block in lesson.body if block.block_type == "practice"]
            assert own & set(placed), lesson.title

    def test_what_was_loaded_is_found_and_known_where_it_is_used(self):
        lesson = LessonPage.objects.get(locale__language_code="lv", slug="sveiki")
        assert lesson in list(LessonPage.objects.search("paldies"))
        assert Entry.objects.get(code="rl0375") in list(Entry.objects.search("diena"))
        assert ReferenceIndex.get_references_to(lesson.quiz).filter(base_content_type__model="page").exists()

    def test_loading_again_changes_nothing(self):
        before = list(LessonPage.objects.values_list("pk", "latest_revision_id"))
        out = load(CONTENT)
        assert "0 made, 0 updated" in out
        assert list(LessonPage.objects.values_list("pk", "latest_revision_id")) == before

    def test_a_round_trip_gives_the_same_bytes(self):
        target = self.folder / "written"
        call_command("export_course", str(target), stdout=StringIO())
        names = data_files(CONTENT)
        assert data_files(target) == names
        _same, different, errors = filecmp.cmpfiles(CONTENT, target, names, shallow=False)
        assert (different, errors) == ([], [])


class LoadedModule(TestCase):
    """The first module of the course, loaded once: whatever is tried out on a copy of its files."""

    @classmethod
    def setUpTestData(cls):
        cls.source = small_course(Path(mkdtemp()) / "content")
        cls.addClassCleanup(shutil.rmtree, cls.source.parent)
        cls.pictures = len(list((cls.source / "images").glob("*.png")))
        load(cls.source)

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path / "content"
        shutil.copytree(self.source, self.folder)

    def edit_yaml(self, name, change):
        path = self.folder / name
        data = yaml.safe_load(path.read_text())
        change(data)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False))

    def test_a_rule_that_would_make_one_word_of_a_protected_pair_is_refused_and_named(self):
        path = self.folder / "spelling_rules.csv"
        path.write_text(path.read_text() + "30,pārbaude,check,ph = p,anywhere,yes,none\n")
        with pytest.raises(CommandError, match=r"spelling_rules\.csv: rule 30: .*pal ≠ phal"):
            load(self.folder)
        path.write_text(path.read_text().replace("ph = p,anywhere,yes", "ph = p,anywhere,no"))
        load(self.folder)
        assert SpellingRule.objects.get(number=30).letters == "ph = p" and active_rules() == DEFAULT

    @pytest.mark.indexed
    def test_a_load_that_fails_leaves_the_indexes_at_work(self):
        (self.folder / "themes.csv").write_text("broken")
        with pytest.raises(CommandError):
            load(self.folder)
        lesson = LessonPage.objects.get(locale__language_code="lv", slug="sveiki")
        lesson.title = "Bāriņš"
        lesson.save_revision().publish()
        assert list(LessonPage.objects.search("Bāriņš")) == [lesson]

    def test_level_and_situation_of_an_exercise_are_read_and_written_where_they_are_set(self):
        name = "lessons/01-sveiki/exercises.yaml"
        self.edit_yaml(name, lambda rows: rows[0].update(level="A1", situation="social-work"))
        assert "1 updated" in load(self.folder)
        changed = Exercise.objects.get(level="A1")
        assert changed.situation == "social-work"
        target = self.folder.parent / "written"
        call_command("export_course", str(target), stdout=StringIO())
        row = yaml.safe_load((target / name).read_text())[0]
        assert (row["level"], row["situation"]) == ("A1", "social-work")
        self.edit_yaml(name, lambda rows: rows[0].update(level="Z9"))
        with pytest.raises(CommandError, match="Z9"):
            load(self.folder)

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

    def edit_words(self, old, new):
        path = self.folder / "lexicon.csv"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def test_what_was_signed_on_the_site_survives_unchanged_files_and_is_no_conflict(self):
        sign(Entry.objects.get(code="rl0564"), reviewer())
        report = load(self.folder)
        assert "CONFLICT" not in report and "entry/rl0564" not in report
        assert Entry.objects.get(code="rl0564").review_state == "reviewed"

    def test_a_change_in_the_files_arrives_at_a_signed_word_and_ends_the_signature_if_it_was_signed(self):
        entry = Entry.objects.get(code="rl0564")
        said = sign(entry, reviewer())
        self.edit_words("thanks!,paldies!,core,", "thanks!,paldies!,Myself and my family,")
        assert "1 updated" in load(self.folder)
        entry.refresh_from_db()
        assert entry.theme.key == "Myself and my family"
        assert (entry.review_state, entry.reviewed_by) == ("reviewed", said.by)
        self.edit_words("rl0564,najis-ta,", "rl0564,najista,")
        assert "1 updated" in load(self.folder)
        entry.refresh_from_db()
        said.refresh_from_db()
        assert (entry.text, entry.review_state, entry.reviewed_on) == ("najista", "unreviewed", None)
        assert said.ended_at is not None and said.text_seen == "najis-ta"

    def test_what_was_signed_goes_out_with_its_day_and_a_changed_word_loses_it(self):
        sign(Entry.objects.get(code="rl0564"), reviewer())
        call_command("export_course", str(self.folder.parent / "out"), stdout=StringIO())
        self.folder = self.folder.parent / "out"
        assert "0 updated" in load(self.folder)
        SignOff.objects.all().delete()  # another site, which loads the files
        self.edit_words("rl0564,najis-ta,", "rl0564,najista,")
        assert "1 updated" in load(self.folder)
        assert Entry.objects.get(code="rl0564").review_state == "unreviewed"

    def test_what_authors_add_is_written_and_loads_elsewhere(self):
        Entry.objects.create(
            text="lačho", variety_id=Entry.objects.first().variety_id, theme_id=Entry.objects.first().theme_id
        )
        target = self.folder.parent / "written"
        call_command("export_course", str(target), stdout=StringIO())
        assert "e00001,lačho," in (target / "lexicon.csv").read_text()
        assert load(target)

    def add_scenes(self):
        """Let an author add one exercise of each type that sets a scene, out of the course's own words."""
        image = scenes.drawing()
        areas = [area | {"x": 0} for area in scenes.areas()]
        heard = Entry.objects.exclude(recording=None).get(text="rāni")
        return [
            scenes.speak(heard.text, tip_lv="Klausieties garo ā.", tip_en="Listen to the long ā."),
            scenes.dialogue(),
            scenes.picture(image, item=heard.text, areas=areas, description_en="A room."),
        ]

    def test_scenes_and_pictures_go_out_and_come_back_as_they_were(self):
        added = self.add_scenes()
        before = {one.title: one.stored_block["value"] for one in added}
        target, again = self.folder.parent / "written", self.folder.parent / "again"
        call_command("export_course", str(target), stdout=StringIO())
        assert "x: 0" in (target / "lessons/bank/exercises.yaml").read_text(), "nought is no empty field"
        assert len(list((target / "images").glob("*.png"))) == self.pictures + 1
        Exercise.objects.filter(pk__in=[one.pk for one in added]).delete()
        CourseImage.objects.filter(title="Istaba").delete()
        assert "Would be: 4 made" in load(target, dry_run=True)
        assert "Done: 4 made" in load(target)
        assert "0 made, 0 updated" in load(target)
        call_command("export_course", str(again), stdout=StringIO())
        names = data_files(target)
        assert data_files(again) == names
        assert filecmp.cmpfiles(target, again, names, shallow=False)[1:] == ([], [])
        picture = CourseImage.objects.get(title="Istaba")
        assert (picture.width, picture.height, picture.description[:6]) == (1200, 800, "Istaba")
        made = Exercise.objects.get(title="picture: rāni")
        assert made.stored_block["value"]["image"] == picture.pk
        assert len(definitions.askable(Exercise.objects.filter(title__in=before))) == 3

    def test_a_picture_changed_in_the_files_arrives_under_its_key(self):
        self.add_scenes()
        target = self.folder.parent / "written"
        call_command("export_course", str(target), stdout=StringIO())
        load(target)
        path = drawing_in(target)
        PictureFile.new("RGB", (600, 600), "white").save(path)
        assert "1 updated" in load(target)
        assert CourseImage.objects.get(title="Istaba").width == 600

    def test_a_mistake_about_a_picture_names_its_place(self):
        self.add_scenes()
        target = self.folder.parent / "written"
        call_command("export_course", str(target), stdout=StringIO())
        load(target)
        table = target / "images" / "images.csv"
        path = drawing_in(target)
        path.write_bytes(b"no picture")
        with pytest.raises(CommandError, match=path.name):
            load(target)
        path.unlink()
        with pytest.raises(CommandError, match="missing"):
            load(target)
        table.write_text("image,file,title,description,credit\n")
        CourseImage.objects.all().delete()
        with pytest.raises(CommandError, match="there is no image"):
            load(target)

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
            shutil.copy(self.source / name, self.folder / name)
            self.edit_yaml(name, change)
            with pytest.raises(CommandError, match=expected):
                load(self.folder)
            shutil.copy(self.source / name, self.folder / name)
        assert "0 made, 0 updated" in load(self.folder)

    def test_broken_yaml_names_file_and_line(self):
        (self.folder / "course.yaml").write_text("course: [")
        with pytest.raises(CommandError, match=r"(?s)course\.yaml.*line"):
            load(self.folder)

    def test_pictures_of_exercises_are_written_and_load_elsewhere(self):
        file = io.BytesIO()
        PictureFile.new("RGB", (640, 480)).save(file, "PNG")
        named = ImageFile(io.BytesIO(file.getvalue()), name="kungs.png")
        image = CourseImage.objects.create(title="kungs", description="Kungs cepurē", credit="CC0", file=named)
        choices = Exercise.objects.filter(type="choice")
        known = next(one for one in choices if one.stored_block["value"]["mode"] == "form")
        value = {**known.stored_block["value"], "mode": "picture", "picture": image.pk}
        exercise = Exercise(title="kungs: pēc attēla")
        exercise.body = [("choice", exercise.body.stream_block.child_blocks["choice"].to_python(value))]
        exercise.save()
        exercise.save_revision().publish()
        target = self.folder.parent / "written"
        call_command("export_course", str(target), stdout=StringIO())
        assert "Kungs cepurē,CC0" in (target / "images/images.csv").read_text()
        assert [path.suffix for path in sorted((target / "images").iterdir())].count(".png") == self.pictures + 1
        exercise.delete()
        image.delete()
        load(target)
        again = Exercise.objects.get(uuid=exercise.uuid).stored_block["value"]
        assert CourseImage.objects.get(pk=again["picture"]).description == "Kungs cepurē"
        once_more = self.folder.parent / "once-more"
        call_command("export_course", str(once_more), stdout=StringIO())
        assert filecmp.cmpfiles(target, once_more, data_files(target), shallow=False)[1:] == ([], [])
        assert "0 made, 0 updated" in load(target)

    def test_a_picture_without_a_description_or_a_file_is_refused(self):
        table = self.folder / "images/images.csv"
        for row, said in (("a,a.png,a,,", "no description"), ("a,a.png,a,Attēls,", "a.png is missing")):
            table.write_text(f"image,file,title,description,credit\n{row}\n")
            with pytest.raises(CommandError, match=said):
                load(self.folder)
