"""The editor's step: what is made of what reviewers say about words, and that nothing typed in the editor is lost."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import FieldComment
from dictionary.models import Entry, SignOff
from media.models import Variety
from progress.models import AppealedForm
from tests.dictionary.signing import sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def told(words, zane):
    """Zane says dives."""
    return sign(words[0], zane, "differently", form="dives", note="At home.")


def answer(client, said, outcome, **more):
    return client.post(f"/admin/review/words/answers/{said.pk}/", {"outcome": outcome, **more}, follow=True)


def outcome(said):
    said.refresh_from_db()
    return said.outcome, said.outcome_note


def test_the_desk_says_what_waits_and_leads_there(signed_in, told):
    page = signed_in.get("/admin/").content.decode()
    assert "Words on which reviewers have something to say" in page
    assert "/admin/review/words/rl0375/answers/" in page and "we say it differently: dives" in page


def test_where_nothing_waits_the_desk_says_nothing(signed_in, words, zane):
    sign(words[0], zane)
    assert "Words on which reviewers" not in signed_in.get("/admin/").content.decode()


def test_the_editor_shows_what_waits_and_the_history(signed_in, told, words):
    page = signed_in.get(reverse(Entry.snippet_viewset.get_url_name("edit"), args=[words[0].pk])).content.decode()
    assert "Reviewers say it differently" in page
    assert page.count("At home.") == 2
    assert 'name="review_state"' not in page


def test_taken_as_a_variant_it_is_told_by_a_reviewer_and_counts_for_answers(signed_in, told, words, editor):
    reply = answer(signed_in, told, "variant")
    assert reply.status_code == 200
    variant = Entry.objects.get(pk=words[0].pk).variants.get()
    assert (variant.form, variant.origin, variant.told_on) == ("dives", "native_reviewer", timezone.localdate())
    assert outcome(told) == ("variant", "")
    form = AppealedForm.objects.get()
    assert (form.written, form.status, form.decided_by) == ("dives", "accepted", editor)


def test_a_form_that_learners_sent_before_is_the_same_row(signed_in, told, words):
    AppealedForm.objects.create(entry=words[0], entry_code="rl0375", expected="dīs", written="dives")
    answer(signed_in, told, "variant")
    assert AppealedForm.objects.get().status == "accepted"


def test_another_spelling_is_a_variant_too_but_nothing_is_judged_again(signed_in, words, zane):
    said = sign(words[2], zane, "differently", form="lacho")
    answer(signed_in, said, "variant")
    assert Entry.objects.get(pk=words[2].pk).variants.count() <= 1
    assert outcome(said)[0] == "variant"
    assert not AppealedForm.objects.exists()


def test_a_neighbours_form_keeps_its_variety_and_cannot_be_the_main_one(signed_in, words, zane):
    said = sign(words[0], zane, "differently", form="dyves", form_variety=Variety.objects.get(code="lithuanian"))
    page = signed_in.get("/admin/review/words/rl0375/answers/").content.decode()
    assert "Make it the main form" not in page
    assert answer(signed_in, said, "main").status_code == 400
    answer(signed_in, said, "variant")
    assert Entry.objects.get(pk=words[0].pk).variants.get().variety.code == "lithuanian"


def test_made_the_main_form_it_goes_to_the_reviewers_once_more(signed_in, told, words, zane):
    answer(signed_in, told, "main")
    entry = Entry.objects.get(pk=words[0].pk)
    assert (entry.text, [one.form for one in entry.variants.all()]) == ("dives", ["dīs"])
    signed_in.force_login(zane)
    assert signed_in.get("/admin/review/words/", {"word": "rl0375"}).context["mine"] is None
    assert signed_in.get("/admin/review/words/").context["entry"].text == "dives"


def test_leaving_it_wants_a_reason_and_keeps_what_was_typed(signed_in, told):
    long = "because " * 60
    for reason in ("", long):
        reply = answer(signed_in, told, "kept", reason=reason)
        assert reply.status_code == 400 and list(reply.context["faults"]) == ["reason"]
        assert f'value="{reason}"' in reply.content.decode()
    answer(signed_in, told, "kept", reason="The course teaches Riga.")
    assert outcome(told) == ("kept", "The course teaches Riga.")


@pytest.mark.parametrize("what", ["", "delete"])
def test_what_is_no_answer_is_refused(signed_in, told, what):
    assert list(answer(signed_in, told, what).context["faults"]) == ["outcome"]


def test_two_editors_answer_once(signed_in, told):
    answer(signed_in, told, "variant")
    reply = answer(signed_in, told, "kept", reason="no")
    assert reply.status_code == 400 and "somebody has decided" in reply.content.decode()
    assert outcome(told)[0] == "variant"


def test_who_may_not_change_entries_answers_nothing(client, told, zane):
    client.force_login(zane)
    answer(client, told, "variant")
    assert outcome(told) == ("", "")
    assert client.get("/admin/review/words/rl0375/answers/").status_code == 302


class TestAComment:
    @pytest.fixture
    def comment(self, words, zane):
        sign(words[0], zane, "wrong", field="glosses.lv", note="Not this.")
        return FieldComment.objects.get()

    def test_it_stands_in_the_editor_as_a_link_that_sends_no_form(self, signed_in, comment, words):
        page = signed_in.get(reverse(Entry.snippet_viewset.get_url_name("edit"), args=[words[0].pk])).content.decode()
        assert "Not this." in page and "The meaning in Latvian:" in page
        assert f'href="/admin/comments/{comment.pk}/done/"' in page and "formaction" not in page

    def test_without_a_script_a_page_asks_first(self, signed_in, comment):
        assert "Not this." in signed_in.get(f"/admin/comments/{comment.pk}/done/").content.decode()
        comment.refresh_from_db()
        assert comment.resolved_at is None
        assert signed_in.post(f"/admin/comments/{comment.pk}/done/").status_code == 302
        assert not SignOff.objects.waiting().exists()

    def test_the_script_gets_an_empty_reply(self, signed_in, comment):
        reply = signed_in.post(f"/admin/comments/{comment.pk}/done/", headers={"x-part": "comment"})
        assert (reply.status_code, reply.content) == (204, b"")

    def test_left_as_it_is_closes_it_and_tells_why(self, signed_in, comment):
        said = SignOff.objects.get()
        answer(signed_in, said, "kept", reason="It is right, see ROMLEX.")
        comment.refresh_from_db()
        assert comment.resolved_at is not None and outcome(said)[0] == "kept"

    def test_a_reviewer_without_the_right_cannot_close_it(self, client, comment, zane):
        client.force_login(zane)
        assert client.post(f"/admin/comments/{comment.pk}/done/").status_code in (302, 403)
        comment.refresh_from_db()
        assert comment.resolved_at is None
