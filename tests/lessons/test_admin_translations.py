"""Translations in the CMS: the desk, the hint in the editor, the comparison, the list of pages; what looking costs."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale

from accounts import roles
from accounts.models import User
from cms.models import ContentPage, HomePage, TranslationState
from lessons.checking.keeping import judge_site
from lessons.models import CourseReport, LessonPage
from tests import making
from tests.lessons.two_languages import (
    author,
    body,
    copied,
    draft,
    fresh,
    latvian,
    publish,
    rewrite,
    state,
    text,
    translated,
)

pytestmark = pytest.mark.django_db
WORDS = {"Pirmais": "First", "Otrais": "Second", "Vārdi": "Words"}


@pytest.fixture
def word():
    return making.make_entry("rl0375", "dīs", "diena", english="day")


@pytest.fixture
def source(word):
    return latvian([making.words(word), text("Pirmais teksts."), text("Otrais teksts.")])


@pytest.fixture
def english(source):
    return translated(source, WORDS)


@pytest.fixture
def person(client):
    user = author()
    client.force_login(user)
    return user


def address(page):
    return reverse("translation", args=[page.pk])


def shown(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def change(page, before="Pirmais", after="Pavisam cits"):
    page = fresh(page)
    rewrite(page, {before: after})
    publish(page)


def add_block(page, words="Trešais teksts."):
    page = fresh(page)
    body(page, [*body(page), {"type": "text", "value": text(words)[1], "id": str(uuid4())}])
    publish(page)


def test_the_desk_names_what_is_behind_and_leads_to_it(client, person, source, english):
    assert "Every translation is level with its original." in shown(client, "/admin/")
    change(source)
    html = shown(client, "/admin/")
    assert "Good day and thank you" in html and address(english) in html
    assert "English · 1 place changed" in html


def test_the_editor_of_the_translation_says_what_changed_and_that_of_the_source_who_is_behind(
    client, person, source, english
):
    edit = reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert address(english) not in shown(client, edit)
    change(source)
    add_block(source)
    html = shown(client, edit)
    assert "The original has changed since, in 2 places: 1 new, 1 with changed text." in html
    assert address(english) in html
    html = shown(client, reverse("wagtailadmin_pages:edit", args=[source.pk]))
    assert "In English 2 places are behind this page." in html


def test_a_new_translation_says_that_it_is_being_translated(client, person, source):
    made = copied(source)
    html = shown(client, reverse("wagtailadmin_pages:edit", args=[made.pk]))
    assert "This page is being translated: 5 places still have text of the original." in html
    html = shown(client, address(made))
    assert "not level with it yet" in html
    assert "Take over and open the editor" not in html, "there is nothing but texts"


def test_wagtails_own_translate_starts_one(client, person, source):
    for page in source.get_ancestors().filter(depth__gt=2):
        page.specific.copy_for_translation(Locale.objects.get(language_code="en"))
    form = reverse("simple_translation:submit_page_translation", args=[source.pk])
    response = client.post(form, {"locales": [Locale.objects.get(language_code="en").pk], "include_subtree": ""})
    made = LessonPage.objects.get(translation_key=source.translation_key, locale__language_code="en")
    assert response.url == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert state(made).is_new and body(made) == body(source)


def test_the_comparison_shows_before_now_and_here_side_by_side(client, person, source, english):
    change(source)
    html = shown(client, address(english))
    assert "<del>Pirmais</del>" in html
    assert "<ins>Pavisam cits</ins>" in html
    assert "First teksts." in html
    assert "Otrais" not in html, "what did not change is not shown"
    assert "Still right, nothing to translate" in html


def test_what_words_refer_to_is_shown_by_name_in_romani(client, person, source, english):
    other = making.make_entry("rl0001", "lačho", "labs")
    page = fresh(source)
    raw = body(page)
    raw[0]["value"]["items"].append({"type": "item", "value": other.pk, "id": str(uuid4())})
    body(page, raw)
    publish(page)
    html = shown(client, address(english))
    assert '<ins><span lang="rml">lačho</span> – labs</ins>' in html
    assert "Comes over as it is" in html


def test_words_with_marks_of_html_are_shown_as_words(client, person, source, english):
    page = fresh(source)
    page.can_do = "Es saprotu <script>alert(1)</script> & citu."
    publish(page)
    html = shown(client, address(english))
    assert "<script>alert(1)" not in html


def test_taking_over_makes_a_draft_and_opens_the_editor(client, person, source, english):
    add_block(source)
    response = client.post(address(english), {"do": "take-over"}, follow=True)
    assert response.redirect_chain == [(reverse("wagtailadmin_pages:edit", args=[english.pk]), 302)]
    assert "1 text is still to be translated." in response.content.decode()
    assert len(body(draft(english))) == 4 and len(body(fresh(english))) == 3
    assert fresh(english).latest_revision.user == person
    history = shown(client, reverse("wagtailadmin_pages:history", args=[english.pk]))
    assert "Taken over from the original what is no text" in history


def test_still_right_is_one_tap(client, person, source, english):
    change(source, "Pirmais teksts.", "Pirmais teksts!")
    seen = client.get(address(english)).context["found"].seen
    html = client.post(address(english), {"do": "level", "seen": seen}, follow=True).content.decode()
    assert "The translation is level with its original. Nothing is to be done." in html
    assert "Anna" in html
    assert state(english).behind == 0


def test_a_source_published_meanwhile_is_looked_at_again(client, person, source, english):
    change(source)
    seen = client.get(address(english)).context["found"].seen
    change(source, "Otrais", "Vēl cits")
    html = client.post(address(english), {"do": "level", "seen": seen}, follow=True).content.decode()
    assert "The original was published again meanwhile." in html
    assert state(english).behind == 2


def test_nonsense_changes_nothing_and_says_so(client, person, source, english):
    change(source)
    html = client.post(address(english), {"do": "nonsense"}, follow=True).content.decode()
    assert "Choose what is to be done." in html
    assert state(english).behind == 1


def test_a_locked_page_stays_as_it_is(client, person, source, english):
    add_block(source)
    LessonPage.objects.filter(pk=english.pk).update(locked=True, locked_by=author("cits@example.test"))
    assert "Take over and open the editor" not in shown(client, address(english))
    html = client.post(address(english), {"do": "take-over"}, follow=True).content.decode()
    assert "This page is locked. Nothing was changed." in html
    assert len(body(draft(english))) == 3


def test_who_may_not_edit_the_page_is_turned_away(client, source, english):
    change(source)
    reviewer = User.objects.create_user(email="recenzents@example.test", password=None, language="en")
    reviewer.groups.add(Group.objects.get(name=roles.NATIVE_REVIEWERS))
    client.force_login(reviewer)
    for path in (address(english), reverse("translations")):
        assert client.get(path, follow=True).redirect_chain[0][0] == reverse("wagtailadmin_home")
        assert client.get(path, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403
    client.post(address(english), {"do": "take-over"})
    assert not fresh(english).has_unpublished_changes
    assert "Translations that are behind" not in shown(client, "/admin/")


def test_an_author_of_one_part_of_the_tree_sees_that_part_only(client, source, english):
    change(source)
    group = Group.objects.create(name="Other page's authors")
    group.permissions.add(*Group.objects.get(name=roles.AUTHORS).permissions.filter(codename="access_admin"))
    home = HomePage.objects.get(locale__language_code="lv")
    other = home.add_child(instance=ContentPage(title="Par mums", slug="par-mums"))
    GroupPagePermission.objects.create(group=group, page=other, permission_type="change")
    user = User.objects.create_user(email="citur@example.test", password=None, language="en")
    user.groups.add(group)
    client.force_login(user)
    assert "Good day and thank you" not in shown(client, reverse("translations"))
    assert client.get(address(english), headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_without_a_token_nothing_is_done(source, english, client):
    from django.test import Client

    add_block(source)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author())
    assert strict.post(address(english), {"do": "take-over"}).status_code == 403
    assert not fresh(english).has_unpublished_changes


def test_pages_without_a_source_have_no_comparison(client, person, source, english):
    assert client.get(address(source)).status_code == 404
    assert client.get(reverse("translation", args=[999_999])).status_code == 404
    fresh(source).delete()
    assert client.get(address(english)).status_code == 404
    assert client.post(address(english), {"do": "take-over"}).status_code == 404


def test_a_mirror_made_a_page_of_its_own_waits_to_be_translated(client, person, source):
    copied(source)  # its parents came along as mirrors
    mirror = source.get_parent().get_translations().get()
    assert mirror.alias_of_id and not TranslationState.objects.filter(page_id=mirror.pk).exists()
    client.post(reverse("wagtailadmin_pages:convert_alias", args=[mirror.pk]))
    assert state(mirror).is_new and state(mirror).behind


def test_the_list_of_pages_marks_it(client, person, source, english):
    listing = reverse("wagtailadmin_explore", args=[english.get_parent().pk])
    assert "translation is behind" not in shown(client, listing)
    change(source)
    html = shown(client, listing)
    assert "Good day and thank you · translation is behind" in html
    assert address(english) in html


def test_the_check_of_the_course_takes_it_for_a_known_gap(client, person, source, english):
    add_block(source)
    report = judge_site()
    found = [one for one in report.findings if one["rule"] == "stale-translation"]
    assert [one["target"][1] for one in found] == [english.pk]
    assert not [one for one in report.findings if one["rule"] == "languages-differ"], "known, and so no error"
    html = shown(client, f"{reverse('course_check')}?rule=stale-translation")
    assert "places in which it is behind its original: 1" in html
    assert CourseReport.objects.count() == 1


# --- what looking costs --------------------------------------------------------------------------


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        assert client.get(path).status_code == 200
    return len(counted)


def many_changes(source, words):
    """Change many things of every kind in the source."""
    page = fresh(source)
    raw = body(page)
    for number in range(30):
        entries = [{"type": "item", "value": word.pk, "id": str(uuid4())} for word in words]
        value = {"heading": f"Vārdi {number}", "introduction": "Jauni.", "items": entries, "side": {}}
        raw.append({"type": "words", "value": value, "id": str(uuid4())})
        raw.append({"type": "text", "value": text(f"Teksts {number}.")[1], "id": str(uuid4())})
    body(page, raw)
    publish(page)


def test_a_long_comparison_costs_as_many_queries_as_a_short_one(client, person, source, english, word):
    others = [making.make_entry(f"rl{number:04d}", "lačho", "labs") for number in range(1, 6)]
    page = fresh(source)
    raw = body(page)
    raw[0]["value"]["items"].append({"type": "item", "value": others[0].pk, "id": str(uuid4())})
    body(page, raw)
    publish(page)
    few = queries(client, address(english))
    editor = queries(client, reverse("wagtailadmin_pages:edit", args=[english.pk]))
    many_changes(source, others)
    assert queries(client, address(english)) == few
    assert queries(client, reverse("wagtailadmin_pages:edit", args=[english.pk])) == editor


def test_many_stale_pages_cost_the_desk_and_the_lists_no_more(client, person, source, english):
    pages = [(source, english)]
    for number in range(7):
        one = latvian([text("Pirmais teksts.")], title=f"Nodarbība {number}")
        pages.append((one, translated(one, {"Pirmais": "First"}, title=f"Lesson {number}")))
    listing = reverse("wagtailadmin_explore", args=[english.get_parent().pk])
    for one, _english in pages[:5]:
        change(one)
    paths = ("/admin/", reverse("translations"), listing)
    few = [queries(client, path) for path in paths]
    for one, _english in pages[5:]:
        change(one)
    assert [queries(client, path) for path in paths] == few
