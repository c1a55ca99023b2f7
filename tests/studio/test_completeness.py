"""What is missing: the numbers, their lists, who sees them, and the ways from there to the recorder."""

import csv
import io
import random

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from accounts import roles
from cms.models import HomePage
from dictionary.models import Entry
from lessons.models import LessonPage
from media.reviewing import accept_take, reject_take
from studio import links
from studio.completeness import LISTS, NO_TWIN, everything, find_place, listing, report, taught_voices
from studio.sheets import cell
from tests.making import make_choice, make_lesson, make_quiz, make_test, make_typed, words

from . import lacking

pytestmark = pytest.mark.django_db
NEW = "/admin/studio/sessions/new/"


@pytest.fixture(autouse=True)
def english():
    cache.clear()
    with translation.override("en"):
        yield


@pytest.fixture
def home(db):
    return HomePage.objects.get(locale__language_code="lv")


@pytest.fixture
def recorder(monkeypatch):
    """The address at which a session is begun."""

    def known(name, **kwargs):
        assert name == links.NEW_SESSION
        return NEW

    monkeypatch.setattr(links, "reverse", lambda name, **kw: NEW if name == links.NEW_SESSION else _reverse(name, **kw))


_reverse = links.reverse


def person(group, email="somebody@example.org"):
    user = get_user_model().objects.create_user(email=email, name="Zane Paraudziņa", password=None, language="en")
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def author(db):
    return signed_in(person(roles.AUTHORS))


def page(client, path="completeness/", **asked):
    reply = client.get(f"/admin/studio/{path}", asked)
    assert reply.status_code == 200, reply.status_code
    return reply.content.decode()


def table(client, path, **asked):
    reply = client.get(f"/admin/studio/{path}", asked | {"format": "csv"})
    assert reply.status_code == 200 and reply["Content-Type"].startswith("text/csv")
    return list(csv.reader(io.StringIO(reply.content.decode().removeprefix("\ufeff"))))


def counts(place_number=0):
    """The counts of the first course: of one module, or of all of it for None."""
    (one,) = report()
    return (one.whole if place_number is None else one.modules[place_number]).counts


def test_each_state_of_a_word_is_counted_where_it_belongs(home):
    made = [lacking.entry(place) for place in range(6)]
    silent, synthetic, one_voice, two_voices, waiting, hidden = made
    lacking.take(synthetic, kind="synthetic")
    lacking.take(one_voice)
    lacking.take(one_voice, pace="slow")  # the same person again is no second voice
    lacking.take(two_voices, voice="Zane")
    lacking.take(two_voices, voice="Anda")
    lacking.take(waiting, review="open")
    lacking.take(hidden, status="pending")
    Entry.objects.filter(pk=two_voices.pk).update(review_state="reviewed", reviewed_on="2026-11-01")
    lacking.course(home, made)
    found = {
        what: [Entry.objects.get(pk=pk) for pk in listing(what, everything())] for what in LISTS if what != NO_TWIN
    }
    assert found["silent"] == [silent, waiting, hidden]
    assert found["synthetic"] == [synthetic]
    assert found["voiceless"] == [silent, synthetic, waiting, hidden]
    assert found["one_voice"] == [one_voice]
    assert found["waiting"] == [waiting]
    assert found["unreviewed"] == [one for one in made if one != two_voices]
    assert counts() == {what: len(them) for what, them in found.items()} | {NO_TWIN: 0}
    assert taught_voices() == (2, 6)


def test_a_take_that_is_accepted_or_rejected_moves_its_word(home):
    word = lacking.entry(0)
    first = lacking.take(word, review="open")
    lacking.course(home, [word])
    assert (counts()["silent"], counts()["waiting"]) == (1, 1)
    accept_take(first, by=person(roles.NATIVE_REVIEWERS, "a@example.org"))
    assert (counts()["silent"], counts()["waiting"], counts()["one_voice"]) == (0, 0, 1)
    second = lacking.take(word, voice="Anda", review="open")
    assert (counts()["waiting"], counts()["one_voice"]) == (1, 1), "heard already, and yet a take waits"
    reject_take(second, by=person(roles.NATIVE_REVIEWERS, "b@example.org"), reason="noise", note="")
    assert counts()["waiting"] == 0


def test_words_of_dialogues_exercises_quizzes_and_module_tests_belong_to_the_module(home):
    taught, said, practised, wrong, asked, tested, elsewhere, draft = (lacking.entry(place) for place in range(8))
    course = lacking.course(home, modules=2)
    first, second = course.get_children().specific()
    dialogue = {"heading": "Saruna", "scene": "<p>Durvis.</p>"}
    dialogue["lines"] = [{"speaker": "Anna", "item": said}, {"speaker": "Zane", "item": None, "question": "Ko saka?"}]
    body = [words(taught), ("dialogue", dialogue)]
    body.append(("practice", {"heading": "Izmēģiniet", "exercise": make_choice(practised, wrong)}))
    unpublished = make_typed(draft)
    type(unpublished).objects.filter(pk=unpublished.pk).update(live=False)
    lesson = make_lesson(first, body, quiz=make_quiz(make_typed(asked), unpublished))
    lesson.save_revision().publish()
    make_test(first, make_quiz(make_typed(tested), make_typed(taught)))
    make_lesson(second, [words(elsewhere, taught)]).save_revision().publish()
    (one,) = report()
    assert set(one.modules[0].place.all_entries()) == {e.pk for e in (taught, said, practised, wrong, asked, tested)}
    assert set(one.modules[1].place.all_entries()) == {elsewhere.pk, taught.pk}
    assert [line.words for line in one.modules] == [6, 2]
    assert one.whole.words == 7, "a word in two modules is one word of the course"
    assert {part.kind for part in one.modules[0].place.parts} == {
        LessonPage,
        type(first.get_children().last().specific),
    }


def test_what_is_not_published_does_not_count_but_the_list_of_a_draft_can_be_seen(home):
    word, other = lacking.entry(0), lacking.entry(1)
    course = lacking.course(home, [word], modules=1)
    module = course.get_children().first()
    draft = make_lesson(module.specific, [words(other)], title="Melnraksts", live=False)
    assert [line.words for line in report()[0].modules] == [1]
    assert listing("silent", find_place("lesson", draft.pk)) == [other.pk]
    Page.objects.get(pk=module.pk).specific.unpublish()
    assert report()[0].modules == [] and report()[0].whole.words == 0
    assert find_place("lesson", 987654) is None and find_place("module", draft.pk) is None


def test_a_lesson_in_two_languages_is_one_lesson_and_any_of_its_pages_finds_it(home):
    word = lacking.entry(0)
    course = lacking.course(home, [word])
    english = course.copy_for_translation(HomePage.objects.get(locale__language_code="en").locale, copy_parents=True)
    english.title = "Basic course"
    english.save_revision().publish()
    module = course.get_children().first().specific
    english_module = module.copy_for_translation(english.locale)
    english_module.title = "First module"
    english_module.save_revision().publish()
    (one,) = report()
    assert [line.words for line in one.modules] == [1]
    assert (one.whole.place.title, one.modules[0].place.title) == ("Basic course", "First module")
    assert find_place("module", english_module.pk).all_entries() == [word.pk]
    with translation.override("lv"):
        assert report()[0].modules[0].place.title == module.title


def test_listening_exercises_without_a_twin_are_counted_and_say_why(author, home):
    heard, other, mute = lacking.entry(0, heard="synthetic"), lacking.entry(1, heard="synthetic"), lacking.entry(2)
    twinned = make_choice(heard, other, mode="listen")
    type(twinned).objects.filter(pk=twinned.pk).update(skill="listening")
    spoken = lacking.listening("speak", item=heard)
    lost = lacking.listening("choice", item=mute, mode="listen", distractors=[other], options=[])
    reading = make_choice(heard, other)
    lacking.course(home)
    module = Page.objects.get(slug="modulis-1").specific
    body = [("practice", {"heading": "Te", "exercise": one}) for one in (twinned, spoken, lost, reading)]
    make_lesson(module, body).save_revision().publish()
    assert listing(NO_TWIN, everything()) == [spoken.pk, lost.pk] and counts()[NO_TWIN] == 2
    html = page(author, "missing/", what=NO_TWIN)
    assert "has no form without sound" in html and "its word has no sound yet" in html
    assert f"/exercise/edit/{spoken.pk}/" in html and "Record these" not in html
    assert [row[0] for row in table(author, "missing/", what=NO_TWIN)[1:]] == [spoken.title, lost.title]


@pytest.mark.parametrize("seed", range(4))
def test_each_number_is_the_length_of_its_list_and_of_what_the_page_and_the_table_show(author, home, seed):
    chance = random.Random(seed)
    made = [lacking.entry(place, heard=chance.choice(["", "", "synthetic"])) for place in range(24)]
    for one in made:
        for voice in chance.sample(["Zane", "Anda", "Kārlis"], chance.randint(0, 3)):
            review, status = chance.choice(["accepted", "open"]), chance.choice(["ready", "ready", "pending"])
            lacking.take(one, voice=voice, review=review, status=status)
    spoken = [lacking.listening("speak", item=one) for one in made[:3]]
    lacking.course(home, *(chance.sample(made, chance.randint(0, 8)) for _ in range(5)), modules=3)
    module = Page.objects.get(slug="modulis-2").specific
    body = [("practice", {"heading": "Te", "exercise": one}) for one in spoken]
    make_lesson(module, body).save_revision().publish()
    (one,) = report()
    for line, kind in [(one.whole, "course"), *((line, "module") for line in one.modules)]:
        assert line.counts["voiceless"] == line.counts["silent"] + line.counts["synthetic"]
        for what, count in line.counts.items():
            pks = listing(what, find_place(kind, line.place.pk))
            assert len(pks) == len(set(pks)) == count, (what, line.place.title)
            assert len(table(author, "missing/", what=what, **{kind: line.place.pk})) == count + 1
            html = page(author, "missing/", what=what, **{kind: line.place.pk})
            assert html.count('class="title"') == count
            if count:
                said = f"{count} exercise" if what == NO_TWIN else f"{count} word"
                assert said in html
            else:
                assert "Nothing is missing here." in html
    shown = table(author, "completeness/")
    lines = [*one.modules, one.whole]
    assert [[int(cell) for cell in row[2:]] for row in shown[1:]] == [
        [line.words, line.done, *line.counts.values()] for line in lines
    ]


def many(home, modules, each):
    made = [lacking.entry(place, heard="synthetic" if place % 2 else "") for place in range(modules * each)]
    for one in made[::3]:
        lacking.take(one, review="open")
    lacking.course(home, *(made[n * each : (n + 1) * each] for n in range(modules)), modules=modules)
    for number, one in enumerate(made[1::each]):
        module = Page.objects.get(slug=f"modulis-{number + 1}").specific
        exercise = lacking.listening("speak", item=one)
        make_lesson(module, [("practice", {"heading": "Te", "exercise": exercise})]).save_revision().publish()


@pytest.mark.parametrize(("modules", "each"), [(1, 2), (7, 5)])
def test_the_queries_do_not_grow_with_the_course(
    author, home, unindexed, django_assert_max_num_queries, django_assert_num_queries, modules, each
):  # fmt: skip
    many(home, modules, each)
    author.get("/admin/studio/completeness/")
    with django_assert_num_queries(QUERIES):
        report()
    with django_assert_max_num_queries(QUERIES + 12):
        page(author)
    with django_assert_max_num_queries(50):
        page(author, "missing/", what="voiceless")


QUERIES = 15


@pytest.mark.parametrize(
    ("group", "may"),
    [(roles.AUTHORS, True), (roles.NATIVE_REVIEWERS, True), (roles.ADMINISTRATORS, True), (roles.COORDINATORS, False)],
)
@pytest.mark.parametrize("path", ["completeness/", "missing/", "missing/record/"])
def test_authors_and_reviewers_see_it_and_nobody_else(home, group, may, path):
    client = signed_in(person(group))
    reply = client.get(f"/admin/studio/{path}")
    refused = reply.status_code == 302 and reply.url == "/admin/"
    assert refused is not may
    assert ("/admin/studio/completeness/" in client.get("/admin/").content.decode()) is may
    assert signed_in(person("", "learner@example.org")).get(f"/admin/studio/{path}").status_code == 302
    assert Client().get(f"/admin/studio/{path}").url.startswith("/admin/login/")


def test_an_empty_site_says_so(author):
    assert "No course is published yet" in page(author)
    assert "Nothing is missing here." in page(author, "missing/")
    assert report() == [] and taught_voices() == (0, 0)


def test_a_module_without_words_and_a_complete_one_say_so(author, home):
    word = lacking.entry(0, review_state="reviewed", reviewed_on="2026-11-01")
    for voice in ("Zane", "Anda"):
        lacking.take(word, voice=voice)
    lacking.course(home, [word], [], modules=2)
    html = page(author)
    assert "complete" in html.split("Modulis 1")[1].split("</tr>")[0]
    assert "no words yet" in html.split("Modulis 2")[1].split("</tr>")[0]


@pytest.mark.parametrize(
    "asked",
    [
        {"what": "nonsense"},
        {"module": "999999"},
        {"module": "x"},
        {"module": "1" * 30},
        {"lesson": "²"},
        {"place": "shelf-1"},
        {"place": "m"},
        {"place": "module-"},
    ],
)
def test_what_there_is_not_is_not_found(author, home, asked):
    lacking.course(home, [lacking.entry(0)])
    assert author.get("/admin/studio/missing/", asked).status_code == 404


def test_a_long_list_is_paged_and_keeps_its_place(author, home, unindexed, recorder):
    made = [lacking.entry(place) for place in range(60)]
    lacking.course(home, made[:20], made[20:40], made[40:])
    module = Page.objects.get(slug="modulis-1")
    html = page(author, "missing/", what="silent", module=module.pk)
    assert html.count('class="title"') == 50 and "Record all 60" in html
    assert f"?what=silent&amp;module={module.pk}&amp;p=2" in html
    assert page(author, "missing/", what="silent", module=module.pk, p="2").count('class="title"') == 10
    assert len(table(author, "missing/", what="silent", module=module.pk)) == 61, "a table has all"


def test_ticked_words_and_whole_lists_lead_to_a_new_session(author, home, recorder):
    made = [lacking.entry(place) for place in range(3)]
    lacking.course(home, made)
    module = Page.objects.get(slug="modulis-1")
    html = page(author)
    assert f'href="{NEW}?module={module.pk}"' in html
    ticked = page(author, "missing/", what="silent", module=module.pk)
    assert ticked.count('name="entry"') == 3
    reply = author.get("/admin/studio/missing/record/", {"what": "silent", "entry": ["rl0000", "rl0002", "unknown"]})
    assert reply.url == f"{NEW}?entries=rl0000,rl0002"
    reply = author.get("/admin/studio/missing/record/", {"what": "silent", "module": module.pk, "all": "1"})
    assert reply.url == f"{NEW}?entries=rl0000,rl0001,rl0002"
    reply = author.get("/admin/studio/missing/record/", {"what": "silent", "module": module.pk}, follow=True)
    assert "Tick the words" in reply.content.decode() and reply.request["PATH_INFO"] == "/admin/studio/missing/"


def test_who_may_not_record_is_not_offered_to(home, recorder):
    lacking.course(home, [lacking.entry(0)])
    reviewer = signed_in(person(roles.NATIVE_REVIEWERS))
    assert NEW not in page(reviewer) and "Record" not in page(reviewer, "missing/").split("<main")[1]
    reply = reviewer.get("/admin/studio/missing/record/", {"entry": "rl0000"})
    assert reply.url == "/admin/"


@pytest.mark.parametrize("text", ["=1+1", "+371", "-na", "@x", "\t=1", " =1", "\r=1"])
def test_a_spreadsheet_takes_no_word_for_a_formula(author, home, text):
    assert cell(text).startswith("'") and cell(5) == 5 and cell(-5) == -5 and cell("na") == "na"
    word = lacking.entry(0)
    word.glosses.all().delete()
    word.glosses.create(language="en", text=text)
    word.save()
    lacking.course(home, [word])
    assert table(author, "missing/", what="silent")[1][2] == f"'{text}"


def test_the_desk_shows_how_far_the_voices_have_come(author, home, recorder):
    made = [lacking.entry(0), lacking.entry(1, heard="synthetic"), lacking.entry(2)]
    lacking.take(made[2])
    lacking.course(home, made)
    html = author.get("/admin/").content.decode()
    panel = html.split('id="desk-native-voices"')[1].split("</section>")[0]
    assert "1 of 3 have a native voice" in panel and 'href="/admin/studio/completeness/"' in panel
    assert panel.index(made[0].text) < panel.index("nothing to hear yet") < panel.index(made[1].text)
    assert "only a synthetic voice" in panel and f"{NEW}?entries=rl0000" in panel and made[2].text not in panel
    assert "Synthetic voices to replace" not in html and "Taught, but without a recording" not in html


def test_the_dictionary_filters_by_what_learners_hear(author, home):
    silent, synthetic, native, waiting = (lacking.entry(place) for place in range(4))
    lacking.take(synthetic, kind="synthetic")
    lacking.take(native)
    Entry.objects.filter(pk=waiting.pk).update(recording=lacking.take(waiting, review="open"))
    listing_url = "/admin/snippets/dictionary/entry/"

    def found(**asked):
        html = author.get(listing_url, asked).content.decode()
        return {one.code for one in Entry.objects.all() if f"/entry/edit/{one.pk}/" in html}

    assert found(without_recording="true") == {silent.code, waiting.code}
    assert found(without_recording="false") == {synthetic.code, native.code}
    assert found(synthetic="true") == {synthetic.code}
    assert found(synthetic="false") == {silent.code, native.code, waiting.code}


@pytest.mark.parametrize("each", [1, 8])
def test_the_editor_says_what_the_draft_lacks(
    author, home, recorder, unindexed, django_assert_num_queries, each
):  # fmt: skip
    made = [lacking.entry(place) for place in range(each + 2)]
    lacking.course(home, made[:each])
    lesson = LessonPage.objects.get()
    html = author.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    said = "1 of 1 words and phrases has" if each == 1 else f"{each} of {each} words and phrases have"
    assert f"{said} no native voice yet." in html and f"{NEW}?lesson={lesson.pk}" in html
    assert f"/admin/studio/missing/?what=voiceless&amp;lesson={lesson.pk}" in html
    lesson.body = [words(*made)]
    lesson.save_revision()
    assert f"{each + 2} of {each + 2} words" in author.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    module = author.get(f"/admin/pages/{lesson.get_parent().pk}/edit/").content.decode()
    assert f"{said} no native voice yet." in module and f"{NEW}?module={lesson.get_parent().pk}" in module
    from studio.completeness import line_of, missing_in
    from studio.scope import page_alone

    with django_assert_num_queries(3):
        place = page_alone(lesson)
        line_of(place, missing_in([place], with_exercises=False))


def test_the_editor_says_nothing_where_nothing_is_missing_or_to_those_who_do_not_work_on_it(home):
    word = lacking.entry(0)
    lacking.course(home, [word])
    lesson = LessonPage.objects.get()
    address = f"/admin/pages/{lesson.pk}/edit/"
    administrator = signed_in(person(roles.ADMINISTRATORS))
    assert "no native voice yet" in administrator.get(address).content.decode()
    lacking.take(word)
    assert "no native voice yet" not in administrator.get(address).content.decode()
    assert administrator.get(f"/admin/pages/add/lessons/lessonpage/{lesson.get_parent().pk}/").status_code == 200
