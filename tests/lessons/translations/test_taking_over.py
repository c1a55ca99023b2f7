"""What is taken over from the original, and that what somebody wrote in the translation is never touched."""

from uuid import uuid4

import pytest
from wagtail.models import PageLogEntry

from cms.models import TranslationState
from cms.translating import services
from cms.translating.compare import NEW, SHARED, TEXT
from tests import making
from tests.lessons.two_languages import (
    author,
    body,
    change_text,
    draft,
    fresh,
    kinds,
    latvian,
    publish,
    rewrite,
    seen,
    state,
    taken_over,
    text,
    texts,
    translated,
)

pytestmark = pytest.mark.django_db


def test_new_parts_come_with_the_sources_words_and_own_texts_stay(source, english, words):
    exercise = making.make_choice(*words)
    raw = body(source)
    raw.insert(1, {"type": "practice", "value": {"heading": "Izmēģiniet", "exercise": exercise.pk}, "id": str(uuid4())})
    raw[2]["value"]["text"] = "<p>Pavisam cits teksts.</p>"
    body(source, raw)
    publish(source)
    made = taken_over(english)
    assert [block["id"] for block in body(made)] == [block["id"] for block in raw]
    assert body(made)[1]["value"] == {"heading": "Izmēģiniet", "exercise": exercise.pk}
    assert texts(made) == ["<p>First teksts.</p>", "<p>Second teksts.</p>"], "changed or not, a written text stays"
    assert kinds(english) == [(NEW, True), (TEXT, False), (TEXT, False)], "to translate: a heading, a text"
    assert fresh(english).live and texts(fresh(english)) == texts(english), "nothing was published"
    assert len(body(fresh(english))) == 3
    assert PageLogEntry.objects.filter(page_id=english.pk, action=services.TAKEN_OVER).count() == 1


def test_published_as_it_came_it_stays_stale(source, english):
    raw = body(source)
    raw.append({"type": "text", "value": text("Trešais teksts.")[1], "id": str(uuid4())})
    body(source, raw)
    publish(source)
    publish(taken_over(english))
    assert state(english).behind == 1
    change_text(draft(english), "Trešais teksts", "A third text")
    assert state(english).behind == 0


def test_a_manual_fix_survives_two_rounds(source, english):
    change_text(fresh(english), "First teksts.", "First text, put better by hand.")
    for number in range(2):
        raw = body(fresh(source))
        raw[1]["value"]["text"] = f"<p>Pirmais teksts, {number}. reizi.</p>"
        raw.insert(0, {"type": "text", "value": text(f"Jauns {number}.")[1], "id": str(uuid4())})
        page = fresh(source)
        body(page, raw)
        publish(page)
        made = taken_over(english)
        assert "<p>First text, put better by hand.</p>" in texts(made)
        rewrite(made, {f"Jauns {number}": f"New {number}"})
        publish(made)
        services.bring_level(page=fresh(english), user=author(f"n{number}@example.test"), seen=seen(english))
    assert texts(fresh(english))[:2] == ["<p>New 1.</p>", "<p>New 0.</p>"]
    assert "<p>First text, put better by hand.</p>" in texts(fresh(english))


def test_a_part_of_the_translations_own_stays_where_it_was(source, english):
    raw = body(english)
    own = {"type": "text", "value": text("Only in English.")[1], "id": str(uuid4())}
    raw.insert(2, own)
    page = fresh(english)
    body(page, raw)
    publish(page)
    there = body(source)
    body(source, [there[2], there[1], there[0]])
    publish(source)
    made = taken_over(english)
    assert [block["id"] for block in body(made)] == [there[2]["id"], there[1]["id"], own["id"], there[0]["id"]]


def test_what_the_source_drops_goes_unless_somebody_worked_on_it_since(source, english):
    change_text(fresh(english), "Second teksts", "Second text, with care")
    raw = body(source)
    body(source, raw[:1])
    publish(source)
    made = taken_over(english)
    assert texts(made) == ["<p>Second text, with care.</p>"]
    assert state(english).behind == 2
    publish(made)
    assert state(english).behind == 1, "one part is still there that the source has not"


def test_it_starts_from_the_newest_draft_whoever_made_it(source, english):
    colleague = author("kolege@example.test")
    page = fresh(english)
    rewrite(page, {"Second teksts": "Second, in a colleague's draft"})
    theirs = page.save_revision(user=colleague)
    raw = body(source)
    raw.append({"type": "text", "value": text("Trešais teksts.")[1], "id": str(uuid4())})
    body(source, raw)
    publish(source)
    made = taken_over(english)
    assert "<p>Second, in a colleague's draft.</p>" in texts(made)
    assert fresh(english).revisions.filter(pk=theirs.pk).exists()
    assert fresh(english).latest_revision_id != theirs.pk


def test_with_nothing_to_take_over_no_revision_is_made(source, english):
    change_text(source, "Pirmais", "Pavisam cits")
    before = fresh(english).latest_revision_id
    assert services.take_over(page=fresh(english), user=author()) is False
    assert fresh(english).latest_revision_id == before


def test_the_quiz_comes_over(source, english, words):
    quiz = making.make_quiz(making.make_choice(*words))
    source.quiz = quiz
    publish(source)
    assert kinds(english) == [(SHARED, False)]
    assert taken_over(english).quiz == quiz


def test_pages_made_by_hand_in_both_languages_find_each_others_parts(source, english):
    page, raw = fresh(english), body(english)
    body(page, [block | {"id": str(uuid4())} for block in raw])
    publish(page)
    TranslationState.objects.all().delete()
    there = body(source)
    there[2]["value"]["text"] = "<p>Otrais, citādi.</p>"
    there.insert(1, {"type": "text", "value": text("Trešais teksts.")[1], "id": str(uuid4())})
    body(source, there)
    publish(source)
    made = taken_over(english)
    assert texts(made) == ["<p>Trešais teksts.</p>", "<p>First teksts.</p>", "<p>Second teksts.</p>"]
    assert [block["id"] for block in body(made)] == [block["id"] for block in there], "from now on by their ids"


def test_lines_of_a_dialogue_keep_their_own_words(words):
    def line(speaker, meaning, item):
        return {"speaker": speaker, "item": item, "meaning": meaning, "question": ""}

    lines = [line("Skolotāja", "Labdien!", words[0]), line("Māte", "Labs.", words[1])]
    source = latvian([("dialogue", {"heading": "Saruna", "scene": "<p>Skolā.</p>", "lines": lines})])
    english = translated(source, {"Saruna": "Dialogue", "Skolā": "At school", "Skolotāja": "Teacher", "Māte": "Mother"})
    raw = body(source)
    first, second = raw[0]["value"]["lines"]
    second["value"]["item"] = words[0].pk
    raw[0]["value"]["lines"] = [second, first]
    body(source, raw)
    publish(source)
    (dialogue,) = body(taken_over(english))
    assert [one["value"]["speaker"] for one in dialogue["value"]["lines"]] == ["Mother", "Teacher"]
    assert [one["value"]["item"] for one in dialogue["value"]["lines"]] == [words[0].pk, words[0].pk]


def test_a_romani_form_is_never_something_to_translate(source, english):
    pairs = [{"form": "dīs", "note": "viens"}]
    raw = body(source)
    value = {"heading": "Gramatika", "text": "<p>Tā.</p>", "pairs": pairs, "evidence": "Avots", "side": {}}
    page = fresh(source)
    body(page, [*raw, {"type": "grammar", "value": value, "id": str(uuid4())}])
    publish(page)
    found = services.standing(fresh(english))
    (group,) = found.open
    by_kind = {
        kind: [one.path.rpartition("/")[2] for one in group.changes if one.kind == kind] for kind in (TEXT, SHARED)
    }
    assert by_kind == {TEXT: ["heading", "text", "note", "evidence"], SHARED: ["form"]}
