"""The editors' desk: who is greeted, what waits for them, panels of other rooms."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail import hooks

from cms.desk import DeskLink, DeskPanel, DeskProgress, DeskRow, group_label
from cms.models import ContentPage

pytestmark = pytest.mark.django_db


class Words(DeskPanel):
    name, title, empty, order = "words", "Words without a source", "Every word has one.", 10

    def rows(self):
        return [
            DeskRow(title=f"čhon{n}", url=f"/w/{n}/", action="Open", gloss="mēness", language="rml") for n in range(9)
        ]

    def count(self):
        return 42

    def link(self):
        return DeskLink("All words", "/w/")

    def progress(self):
        return DeskProgress(done=1, total=4, label="1 of 4 done", remark="First module first")


class Hidden(Words):
    name, title = "hidden", "Not for you"

    def is_shown(self):
        return False

    def rows(self):
        raise AssertionError("a panel that is not shown must not ask the database")


def desk(client):
    return client.get("/admin/").content.decode()


def test_author_is_greeted_by_name_and_role(author_client):
    html = desk(author_client)
    assert "Anna" in html.split("</h1>")[0]
    assert "desk-meta" in html


def test_drafts_are_the_authors_own(author_client, author, admin, about, home):
    other = home.add_child(instance=ContentPage(title="Cita melnraksts"))
    about.title = "Mans melnraksts"
    about.save_revision(user=author)
    other.title = "Svešs melnraksts"
    other.save_revision(user=admin)
    html = desk(author_client)
    assert "Mans melnraksts" in html
    assert f"/admin/pages/{about.pk}/edit/" in html
    assert "Svešs melnraksts" not in html


def test_published_drafts_leave_the_desk(author_client, author, about):
    about.title = "Mans melnraksts"
    about.save_revision(user=author).publish()
    assert "Mans melnraksts" not in desk(author_client)


def test_panels_of_other_rooms_stand_on_the_desk(author_client):
    def show(request, panels):
        panels.append(Words(request))
        panels.append(Hidden(request))

    with hooks.register_temporarily("construct_homepage_panels", show):
        html = desk(author_client)
    assert "Words without a source" in html
    assert "Not for you" not in html
    assert html.count('<span lang="rml">čhon') == 5, "a panel is bounded"
    assert 'href="/w/"' in html and "42" in html
    assert 'aria-label="1 of 4 done"' in html
    assert 'stroke-dasharray="4 16"' in html
    assert 'id="wheel"' in html, "the drawing that the wheel refers to"


def test_empty_panel_says_so(author_client):
    class Empty(Words):
        def rows(self):
            return []

        def progress(self):
            return None

    with hooks.register_temporarily("construct_homepage_panels", lambda request, panels: panels.append(Empty(request))):
        assert "Every word has one." in desk(author_client)


def test_wagtails_own_summary_and_recent_edits_are_gone(author_client, author, about):
    about.save_revision(user=author, log_action=True)
    html = desk(author_client)
    assert "w-summary" not in html
    assert "recent-edits" not in html.lower()


def test_desk_takes_as_many_queries_with_many_drafts_as_with_few(author_client, author, home):
    def draft(number):
        page = home.add_child(instance=ContentPage(title=f"Lapa {number}"))
        page.save_revision(user=author)

    def queries():
        desk(author_client)
        with CaptureQueriesContext(connection) as counted:
            desk(author_client)
        return len(counted)

    for number in range(5):
        draft(number)
    few = queries()
    for number in range(5, 30):
        draft(number)
    assert queries() == few


def test_author_may_write_below_home_but_not_publish(home, author):
    assert home.permissions_for_user(author).can_add_subpage()
    assert home.permissions_for_user(author).can_submit_for_moderation()
    assert not home.permissions_for_user(author).can_publish()
    assert not home.permissions_for_user(author).can_lock()


def test_editor_may_write_publish_and_lock_below_home(home, editor):
    rights = home.permissions_for_user(editor)
    assert rights.can_add_subpage() and rights.can_publish() and rights.can_lock()


def test_reviewer_reads_but_edits_no_pages(client, reviewer, home):
    client.force_login(reviewer, "django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code == 200
    assert not home.permissions_for_user(reviewer).can_edit()
    assert client.get(f"/admin/pages/{home.pk}/edit/").status_code in (302, 403)


def test_learner_has_no_desk(client, django_user_model):
    learner = django_user_model.objects.create_user("ilze@example.lv", "correct horse battery", name="Ilze")
    client.force_login(learner, "django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/").status_code in (302, 403)


def test_a_group_of_ones_own_making_keeps_its_name():
    assert group_label("Grāmatveži") == "Grāmatveži"
    assert group_label("Authors") != "Authors"
