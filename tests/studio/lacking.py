"""A course in which something is missing, for tests of the report and of the letter."""

from dictionary.models import Take
from lessons.models import Exercise
from media.models import Recording, Speaker, Variety
from tests.lessons.building import LEXICON
from tests.making import make_course, make_entry, make_lesson, make_recording, words

TEXTS = [*LEXICON]


def speaker(label):
    latvian = Variety.objects.get(code="latvian")
    return Speaker.objects.get_or_create(label=label, defaults={"variety": latvian, "public_name": label})[0]


def entry(place, *, heard="", **fields):
    """An entry of the starter course; more than it has repeat a word under another code."""
    text = TEXTS[place % len(TEXTS)]
    return make_entry(f"rl{place:04d}", text, LEXICON[text][0], heard=heard, **fields)


def take(of, *, voice="Zane", review="accepted", kind="native", status="ready", **fields):
    """One more take of the entry, chosen anew as the site does."""
    from dictionary.voices import add_take

    owner = speaker(voice) if kind == "native" and voice else None
    made = make_recording(of.text, kind, review=review, speaker=owner, **fields)
    Recording.objects.filter(pk=made.pk).update(status=status)
    add_take(of, made)
    of.refresh_from_db()
    return made


def course(home, *lessons, modules=1, **fields):
    """A published course of one module for each list of lessons; a lesson is a list of its words."""
    made = make_course(home, modules=modules, lessons=0, **fields)
    found = list(made.get_children().specific())
    for number, entries in enumerate(lessons):
        module = found[number % modules]
        lesson = make_lesson(module, [words(*entries)] if entries else [], title=f"Nodarbība {number + 1}")
        lesson.save_revision().publish()
    return made


def listening(kind, **value):
    """A published exercise that its author calls listening."""
    return Exercise.objects.create(title=f"{kind} {value}"[:100], body=[(kind, value)], live=True, skill="listening")


def voices(of):
    return Take.objects.filter(entry=of).count()
