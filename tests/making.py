"""Parts of a course for tests, made of words that the dictionary really has."""

from contextlib import contextmanager
from unittest.mock import patch
from uuid import uuid4

from django.conf import settings
from django.test import override_settings
from django.utils import timezone

from courses.models import CoursePage, ModulePage
from dictionary.models import DictionaryPage, Entry, Form, Gloss, Source, Theme, Variant
from dictionary.voices import add_take
from lessons.models import Exercise, LessonPage, Quiz, QuizItem, TestPage
from media.models import Consent, ConsentText, Recording, Rendition, Speaker, Variety


def make_theme(key="core"):
    return Theme.objects.get_or_create(key=key, defaults={"name_lv": f"Tēma {key}", "name_en": f"Theme {key}"})[0]


def consenting_speaker(label="Speaker 1", *, licence="course-only", purposes=("course",), **fields):
    """A speaker who has said yes to the course, to open download if the licence needs it, and to `purposes`."""
    fields.setdefault("variety", Variety.objects.get(code="latvian"))
    speaker = Speaker.objects.create(label=label, licence=licence, **fields)
    texts = ConsentText.objects.in_force("lv")
    for purpose in {*purposes, *(["download"] if licence != "course-only" else [])}:
        Consent.objects.create(speaker=speaker, purpose=purpose, text=texts[purpose], version="2026-11", language="lv")
    return speaker


def take_consent_back(speaker):
    """Let the speaker's consent to the course end today."""
    speaker.consents.filter(purpose="course").update(withdrawn_on=timezone.localdate())


def make_recording(text, kind="synthetic", *, review="accepted", **fields):
    """A recording that is ready and accepted unless told otherwise, with both renditions; no sound is made."""
    recording = Recording.objects.create(
        title=text,
        kind=kind,
        transcript=text,
        variety=Variety.objects.get(code="latvian"),
        status="ready",
        duration_seconds=1,
        **fields,
    )
    if kind == "native":
        reason = "noise" if review == "rejected" else ""
        Recording.objects.filter(pk=recording.pk).update(
            review=review, is_public=review == "accepted", review_reason=reason
        )
        recording.refresh_from_db()
    name = uuid4()
    for kind_of_file in ("opus", "mp3"):
        Rendition.objects.create(
            recording=recording, format=kind_of_file, uuid=name, file=f"{recording.pk}.{kind_of_file}", bytes=900
        )
    return recording


def make_entry(code, text, meaning, *, heard="synthetic", variety="latvian", english="", **fields):
    """An entry with meaning in Latvian (and English), a source, and a recording unless `heard` is empty."""
    source = Source.objects.get_or_create(
        key="ROMLEX", defaults={"short_name": "ROMLEX", "citation": "Romani Lexicon"}
    )[0]
    forms, variants = fields.pop("forms", ()), fields.pop("variants", ())
    defaults = {
        "theme": make_theme(),
        "source": source,
        "source_ref": f"ROMLEX roml (Latvian Romani), headword «{text}», no. 7",
    }
    entry = Entry(code=code, text=text, variety=Variety.objects.get(code=variety), **(defaults | fields))
    entry.recording = make_recording(text, heard) if heard else None
    entry.glosses = [Gloss(language="lv", text=meaning), *([Gloss(language="en", text=english)] if english else [])]
    entry.forms = [Form(**form) for form in forms]
    entry.variants = [Variant(**variant) for variant in variants]
    entry.save()
    return entry


def make_speaker(name, variety="latvian"):
    """A speaker with consent; staff and learners know them by the same name here."""
    known = Speaker.objects.filter(label=name).first()
    return known or consenting_speaker(name, public_name=name, variety=Variety.objects.get(code=variety))


def make_take(entry, speaker="Zane", *, variety="latvian", **fields):
    """A native voice that says the entry, accepted unless told otherwise; the entry chooses its voice anew."""
    recording = make_recording(
        entry.text, "native", **({"speaker": make_speaker(speaker, variety) if speaker else None} | fields)
    )
    Recording.objects.filter(pk=recording.pk).update(variety=Variety.objects.get(code=variety))
    recording.refresh_from_db()
    add_take(entry, recording)
    entry.refresh_from_db()
    return recording


def make_dictionary(home, **fields):
    return home.add_child(instance=DictionaryPage(**({"title": "Vārdnīca", "slug": "vardnica"} | fields)))


def make_course(home, modules=1, lessons=1, **fields):
    """A course with modules of short lessons and no tests."""
    course = home.add_child(instance=CoursePage(**({"title": "Pamatkurss", "slug": "pamatkurss"} | fields)))
    for number in range(1, modules + 1):
        module = course.add_child(
            instance=ModulePage(title=f"Modulis {number}", slug=f"modulis-{number}", goal=f"Mērķis {number}.")
        )
        for place in range(1, lessons + 1):
            make_lesson(module, title=f"Nodarbība {number}-{place}", slug=f"nodarbiba-{place}")
    return course


def make_lesson(module, body=(), **fields):
    defaults = {
        "title": "Labdien un paldies",
        "slug": f"nodarbiba-{uuid4().hex[:6]}",
        "can_do": "Es atpazīstu sveicienu.",
    }
    return module.add_child(instance=LessonPage(body=list(body), **(defaults | fields)))


def make_test(parent, quiz=None, **fields):
    defaults = {"title": "Moduļa tests", "slug": "tests"}
    return parent.add_child(instance=TestPage(quiz=quiz, **(defaults | fields)))


def make_choice(item, *distractors, mode="meaning"):
    """A published exercise: which of the meanings is the word's?"""
    value = {"item": item, "mode": mode, "distractors": list(distractors), "options": []}
    return Exercise.objects.create(title=item.text, body=[("choice", value)], live=True)


def make_typed(item, mode="translate"):
    """A published exercise: write the word."""
    return Exercise.objects.create(title=item.text, body=[("type", {"item": item, "mode": mode})], live=True)


def make_quiz(*exercises, **fields):
    quiz = Quiz.objects.create(**({"title_lv": "Noslēguma tests", "title_en": "Quiz"} | fields))
    for place, exercise in enumerate(exercises):
        QuizItem.objects.create(quiz=quiz, exercise=exercise, sort_order=place)
    return quiz


def words(*entries, heading="Vārdi", **fields):
    """A block of words."""
    return ("words", {"heading": heading, "introduction": "", "items": list(entries), **fields})


@contextmanager
def without_indexes():
    """Keep neither the index for search nor that of what is used where: for tests that look at neither."""
    backends = {name: {**options, "AUTO_UPDATE": False} for name, options in settings.WAGTAILSEARCH_BACKENDS.items()}
    # Not by Wagtail's own switch, which cannot be nested: loading a course throws it.
    with (
        patch("wagtail.signal_handlers.update_reference_index_task"),
        override_settings(WAGTAILSEARCH_BACKENDS=backends),
    ):
        yield
