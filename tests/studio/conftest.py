"""What the studio's tests share: people, a speaker, a small course with words that lack a voice, and a session."""

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.utils import translation
from wagtail.users.models import UserProfile

from cms.models import HomePage
from media import audio, mastering
from studio.services import create_session
from tests.making import make_entry
from tests.media import sounds
from tests.media.conftest import administrator, author, latvian, learner, person, reviewer, speaker

__all__ = ["administrator", "author", "latvian", "learner", "person", "reviewer", "speaker"]

WORDS = [
    ("phal", "brālis"),
    ("phen", "māsa"),
    ("čhaj", "meita"),
    ("daj", "māte"),
    ("drom", "ceļš"),
    ("sastruno drom", "dzelzceļš"),
    ("trušulano drom", "krustceļš"),
    ("parikirel", "pateikties"),
    ("ake", "lūdzu, še"),
    ("najis-ta", "paldies"),
]


@pytest.fixture(autouse=True)
def quick_rendering(request, monkeypatch):
    """Let workers hand out a sound made before: mastering has tests of its own and takes seconds a take.

    A test marked `mastered` has its takes really made.
    """
    if "mastered" in request.keywords:
        return
    sound = {"opus": sounds.ogg(0.5), "mp3": sounds.mp3(0.5)}

    def render(file, *, opus, mp3):
        facts = audio.probe(file)
        opus.write(sound["opus"])
        mp3.write(sound["mp3"])
        return mastering.Rendered(facts.seconds, [0, 50, 100, 50, 0], 0.0)

    monkeypatch.setattr("media.rendering.mastering.render", render)


@pytest.fixture(autouse=True)
def begin(unindexed):
    """Begin in English and with empty throttles."""
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def english(author):
    """Let the author's admin speak English."""
    profile = UserProfile.get_for_user(author)
    profile.preferred_language = "en"
    profile.save()


@pytest.fixture
def home(db):
    return HomePage.objects.get(locale__language_code="lv")


@pytest.fixture
def words(db):
    """Ten words; the first five with a synthetic voice, the others with none."""
    return [
        make_entry(f"w{number:04d}", text, meaning, heard="synthetic" if number < 5 else "")
        for number, (text, meaning) in enumerate(WORDS)
    ]


@pytest.fixture
def session(speaker, author, words):
    return create_session(speaker=speaker, entries=words, by=author, place="Rīga", purpose="Pirmie vārdi")


@pytest.fixture
def originals(db):
    """Return a function that names the originals stored since the test began."""
    storage = storages["private"]

    def walk(path="recordings"):
        try:
            folders, files = storage.listdir(path)
        except FileNotFoundError:
            return
        yield from (f"{path}/{name}" for name in files)
        for folder in folders:
            yield from walk(f"{path}/{folder}")

    before = set(walk())
    return lambda: sorted(set(walk()) - before)
