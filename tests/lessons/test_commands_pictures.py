"""Words' own pictures in the course files: they arrive, go out again, and an author's photograph is never replaced."""

import filecmp
import shutil
from io import StringIO
from pathlib import Path
from tempfile import mkdtemp

import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase
from wagtail.models import ReferenceIndex

from dictionary.models import Entry
from lessons.models import LoadedItem
from media.models import CourseImage
from tests.lessons import scenes
from tests.lessons.small_course import small_course

HOUSE = "rl0073"


def load(folder):
    out = StringIO()
    call_command("load_course", str(folder), stdout=out)
    return out.getvalue()


def own(code=HOUSE):
    return Entry.objects.select_related("image").get(code=code).image


class Pictures(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.source = small_course(Path(mkdtemp()) / "content")
        cls.addClassCleanup(shutil.rmtree, cls.source.parent)
        load(cls.source)

    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path):
        self.folder = tmp_path / "content"
        shutil.copytree(self.source, self.folder)
        self.table = self.folder / "images/images.csv"

    def change(self, old, new):
        text = self.table.read_text()
        assert old in text
        self.table.write_text(text.replace(old, new))

    def written(self):
        target = self.folder.parent / "written"
        call_command("export_course", str(target), stdout=StringIO())
        return target

    def test_a_word_has_its_picture_and_deleting_one_is_warned_of(self):
        assert (own().title, own().description) == ("Māja", "Māja ar sarkanu jumtu.")
        assert "Microsoft" in own().credit and "MIT" in own().credit
        assert ReferenceIndex.get_references_to(own()).count() == 1

    def test_pictures_go_out_as_they_came(self):
        target = self.written()
        names = ["images/images.csv", "images/maja.webp", "images/suns.webp", "lexicon.csv", "phrases.csv"]
        assert filecmp.cmpfiles(self.source, target, names, shallow=False)[1:] == ([], [])
        assert "0 made, 0 updated" in load(target)

    def test_an_authors_photograph_stays_whatever_the_files_say(self):
        photograph = scenes.drawing()
        Entry.objects.filter(code=HOUSE).update(image=photograph)
        assert f"Kept as authors changed them: entry/{HOUSE}" in load(self.folder)
        self.change(f",{HOUSE}", ",")
        assert f"entry/{HOUSE}" in load(self.folder)
        assert own() == photograph

    def test_an_authors_photograph_goes_out_with_its_word_and_loads_elsewhere(self):
        Entry.objects.filter(code=HOUSE).update(image=scenes.drawing())
        target = self.written()
        assert not (target / "images/maja.webp").exists(), "what nothing shows is not written"
        Entry.objects.filter(code=HOUSE).update(image=None)
        LoadedItem.objects.filter(key=f"entry/{HOUSE}").delete()
        Entry.objects.filter(code=HOUSE).delete()
        CourseImage.objects.filter(title="Istaba").delete()
        load(target)
        assert own().title == "Istaba"

    def test_a_picture_taken_away_by_an_author_does_not_come_back(self):
        own().delete()
        out = load(self.folder)
        assert "image/maja" in out and f"entry/{HOUSE}" in out
        assert own() is None
        # Not even for a word that the files give it from now on.
        self.change(f",{HOUSE}", f",{HOUSE} rl0074")
        load(self.folder)
        assert own("rl0074") is None

    def test_a_picture_given_in_the_files_arrives(self):
        self.change(f",{HOUSE}", f",{HOUSE} rl0074")
        assert "1 updated" in load(self.folder)
        assert own("rl0074") == own(HOUSE)
        self.change(f",{HOUSE} rl0074", f",{HOUSE}")
        assert "1 updated" in load(self.folder)
        assert own("rl0074") is None and own(HOUSE)

    def test_files_from_before_there_were_pictures_of_words_still_load(self):
        lines = self.table.read_text().splitlines()
        self.table.write_text("image,file,title,description,credit\n")
        assert f"entry/{HOUSE}" not in load(self.folder), "as it was loaded: the file wins"
        assert own() is None and len(lines) > 2

    def test_a_mistake_names_table_and_word(self):
        self.change(f",{HOUSE}", f",{HOUSE} rl9999")
        with pytest.raises(CommandError, match=r"images\.csv: there is no entry 'rl9999'"):
            load(self.folder)
        self.change(f",{HOUSE} rl9999", ",rl0741")
        with pytest.raises(CommandError, match=r"images\.csv: entry 'rl0741' has two images"):
            load(self.folder)
