"""Translations: when one begins, falls behind and is level again, and what happens when pages go."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from cms.models import TranslationState
from cms.translating import services
from cms.translating.compare import GONE, MOVED, NEW, SHARED, TEXT
from lessons.models import Exercise, LessonPage
from media.models import Recording
from tests import making
from tests.lessons.two_languages import (
    author,
    body,
    change_text,
    copied,
    fresh,
    kinds,
    latvian,
    publish,
    rewrite,
    seen,
    state,
    taken_over,
    text,
    translated,
)

from .conftest import WORDS

pytestmark = pytest.mark.django_db


# --- starting -----------------------------------------------------------------------------------


def test_a_copy_keeps_ids_words_exercises_and_quiz_and_waits_to_be_translated(words):
    exercise = making.make_choice(words[0], words[1])
    quiz = making.make_quiz(exercise)
    practice = ("practice", {"heading": "Izmēģiniet", "exercise": exercise})
    source = latvian([making.words(*words), practice], quiz=quiz)
    counts = (Recording.objects.count(), Exercise.objects.count())
    made = copied(source)
    assert body(made) == body(source)
    assert made.quiz == quiz and not made.live
    assert (Recording.objects.count(), Exercise.objects.count()) == counts
    assert state(made).is_new
    # title, can-do, the two headings: each in its own place, nothing else
    assert state(made).behind == 4
    assert {kind for kind, _done in kinds(made)} == {TEXT}


def test_a_copy_is_level_once_every_text_was_translated_and_published(source):
    made = copied(source)
    rewrite(made, {"Pirmais": "First", "Otrais": "Second"})
    made.title, made.can_do = "Good day", "I recognise a greeting."
    publish(made)
    assert state(made).behind == 1, "the heading of the words is still Latvian"
    made = fresh(made)
    rewrite(made, {"Vārdi": "Words"})
    publish(made, author())
    assert (state(made).behind, state(made).is_new) == (0, False)
    assert state(made).leveled_by.email == "autore@example.test"


def test_the_mirror_that_stands_in_for_a_parent_is_no_translation(source):
    made = copied(source)
    assert set(TranslationState.objects.values_list("page_id", flat=True)) == {made.pk}


# --- falling behind -----------------------------------------------------------------------------


def test_a_changed_text_makes_it_stale_and_translating_it_level_again(source, english):
    assert state(english).behind == 0
    change_text(source, "Pirmais", "Pavisam cits")
    assert state(english).behind == 1
    assert kinds(english) == [(TEXT, False)]
    change_text(fresh(english), "First", "Quite another")
    assert state(english).behind == 0
    assert kinds(english) == []


def test_a_draft_of_the_source_makes_nothing_stale(source, english):
    rewrite(source, {"Pirmais": "Pavisam cits"})
    source.save_revision()
    assert state(english).behind == 0 and kinds(english) == []


def test_publishing_the_source_unchanged_makes_nothing_stale(source, english):
    publish(source)
    assert state(english).behind == 0


def test_what_an_editor_writes_otherwise_but_says_the_same_makes_nothing_stale(source, english):
    raw = body(source)
    raw[1]["value"]["text"] = '<p data-block-key="ab12c">Pirmais  teksts&#46;</p>'
    body(source, raw)
    publish(source)
    assert state(english).behind == 0


def test_what_touches_romani_only_makes_nothing_stale(words):
    exercise = making.make_choice(*words)
    practice = ("practice", {"heading": "Izmēģiniet", "exercise": exercise})
    source = latvian([making.words(*words), practice])
    english = translated(source, WORDS | {"Izmēģiniet": "Try it"})
    making.make_take(words[0])
    words[0].notes = "Cita piezīme"
    words[0].save()
    exercise.title = "Cits virsraksts"
    exercise.save_revision().publish()
    publish(fresh(source))
    assert state(english).behind == 0 and kinds(english) == []


def test_a_fix_made_in_the_translation_before_the_source_changed_does_not_count_as_translating(source, english):
    change_text(fresh(english), "First teksts", "The very first text")  # somebody's own fix
    change_text(source, "Pirmais", "Pavisam cits")
    assert state(english).behind == 1
    assert kinds(english) == [(TEXT, False)]


def test_the_source_going_back_to_what_it_was_makes_it_level_again(source, english):
    change_text(source, "Pirmais", "Pavisam cits")
    change_text(fresh(source), "Pavisam cits", "Pirmais")
    assert state(english).behind == 0


def test_new_gone_and_moved_parts_are_told_apart(source, english):
    raw = body(source)
    entry_block, _first, second = raw
    new = {"type": "text", "value": text("Trešais teksts.")[1], "id": str(uuid4())}
    body(source, [second, new, entry_block])
    publish(source)
    found = {kind for kind, _done in kinds(english)}
    assert {NEW, GONE, MOVED} <= found
    assert state(english).behind == 3


def test_another_word_in_a_list_is_no_text_to_translate(source, english, words):
    raw = body(source)
    raw[0]["value"]["items"].append({"type": "item", "value": words[1].pk, "id": str(uuid4())})
    body(source, raw)
    publish(source)
    assert kinds(english) == [(SHARED, False)]
    made = taken_over(english)
    assert [item["value"] for item in body(made)[0]["value"]["items"]] == [words[0].pk, words[1].pk]
    publish(made)
    assert state(english).behind == 0


def test_a_page_that_was_there_before_the_record_is_level_until_its_source_changes(source, english):
    TranslationState.objects.all().delete()
    assert kinds(english) == []
    change_text(source, "Pirmais", "Pavisam cits")
    assert state(english).behind == 1
    assert state(english).leveled_at is None


# --- saying that it is level --------------------------------------------------------------------


def test_still_right_needs_no_other_text(source, english):
    change_text(source, "Pirmais teksts.", "Pirmais teksts!")
    person = author()
    services.bring_level(page=fresh(english), user=person, seen=seen(english))
    assert (state(english).behind, state(english).leveled_by) == (0, person)
    assert kinds(english) == []
    change_text(fresh(source), "Otrais", "Pavisam cits")
    assert kinds(english) == [(TEXT, False)], "only what came after"


def test_nobody_vouches_for_what_they_have_not_seen(source, english):
    change_text(source, "Pirmais", "Pavisam cits")
    looked_at = seen(english)
    change_text(fresh(source), "Otrais", "Vēl cits")
    with pytest.raises(ValidationError):
        services.bring_level(page=fresh(english), user=author(), seen=looked_at)
    assert state(english).behind == 2


# --- pages that go, languages that come ----------------------------------------------------------


def test_without_its_source_nothing_is_behind(source, english):
    change_text(source, "Pirmais", "Pavisam cits")
    fresh(source).delete()
    assert state(english).behind == 0
    assert services.standing(fresh(english)) is None
    with pytest.raises(ValidationError):
        services.take_over(page=fresh(english), user=author())


def test_a_deleted_translation_takes_its_record_along(source, english):
    change_text(source, "Pirmais", "Pavisam cits")
    fresh(english).delete()
    assert not TranslationState.objects.exists()
    change_text(fresh(source), "Otrais", "Vēl cits")


def test_a_source_that_has_no_translation_is_just_published(source):
    change_text(source, "Pirmais", "Pavisam cits")
    assert not TranslationState.objects.exists()


@pytest.fixture
def russian(settings):
    """A third language, as an operator adds it: settings and a locale."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [("lv", "Latvian"), ("en", "English"), ("ru", "Russian")]
    return Locale.objects.create(language_code="ru")


def test_a_lesson_in_a_third_language_is_read_with_latvian_meanings(client, words, russian):
    practice = [
        ("practice", {"heading": "Izmēģiniet", "exercise": exercise})
        for exercise in (making.make_choice(*words), making.make_typed(words[0]))
    ]
    source = latvian([making.words(*words), *practice], quiz=making.make_quiz(making.make_choice(*words)))
    made = copied(source, "ru")
    publish(made)
    for ancestor in made.get_ancestors(inclusive=True).filter(depth__gt=1):
        response = client.get(ancestor.get_url())
        assert response.status_code == 200, ancestor.get_url()
    html = response.content.decode()
    assert "diena" in html and "day" not in html
    assert client.get(f"{made.get_url()}?druka").status_code == 200


def test_a_third_language_starts_from_latvian_or_from_english(source, english, russian):
    made = copied(english, "ru")
    assert state(made).is_new and state(made).behind == 5, "title, can-do, a heading, two texts: all still English"
    assert LessonPage.objects.filter(translation_key=source.translation_key).count() == 3
    rewrite(made, {"First teksts": "Первый текст", "Second teksts": "Второй текст", "Words": "Слова"})
    made.title, made.can_do = "Добрый день", "Я узнаю приветствие."
    publish(made)
    assert state(made).behind == 0
    change_text(source, "Pirmais", "Pavisam cits")
    assert (state(made).behind, state(english).behind) == (1, 1)
