"""Native reviewers sign words: what makes a word reviewed, what ends that, and what an editor makes of other forms."""

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone, translation

from accounts import personal_data
from cms.commenting import resolve_comment
from cms.models import FieldComment
from dictionary import reviewing
from dictionary.models import Entry, Gloss, PassedOver, ProtectedPair, ReviewerProfile, SignOff
from dictionary.signed import token_of
from media.models import Variety
from tests.dictionary.signing import member, reviewer, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def zane(db):
    return reviewer("Zane Ozola", signs_as="Zane")


@pytest.fixture
def editor(db):
    return member("Authors")


def state(entry):
    entry.refresh_from_db()
    return entry.review_state, entry.reviewed_by, entry.reviewed_on


def test_who_signs_stands_beside_the_word_with_name_and_day(day, zane):
    said = sign(day, zane)
    assert state(day) == ("reviewed", zane, timezone.localdate())
    assert (said.signed_as, said.text_seen, said.glosses_seen, said.variety_seen) == (
        "Zane",
        "dīs",
        {"lv": "diena", "en": "day"},
        "latvian",
    )
    assert day.latest_revision.user == zane


def test_signing_twice_is_signing_once(day, zane):
    assert sign(day, zane) == sign(day, zane)
    assert SignOff.objects.count() == 1


def test_two_reviewers_sign_the_same_word(day, zane):
    sign(day, zane)
    other = reviewer("Anna", signs_as="")
    sign(day, other)
    assert set(SignOff.objects.standing().values_list("signed_as", flat=True)) == {"Zane", ""}
    assert state(day)[1] == other


@pytest.mark.parametrize(
    ("verdict", "more", "field"),
    [
        ("perhaps", {}, "verdict"),
        ("differently", {}, "form"),
        ("differently", {"form": " ! "}, "form"),
        ("differently", {"form": "dīs"}, "form"),
        ("differently", {"form": "d" * 121}, "form"),
        ("wrong", {"field": "text"}, "note"),
        ("wrong", {"field": "text", "note": "x" * 1001}, "note"),
        ("wrong", {"field": "password", "note": "x"}, "field"),
    ],
)
def test_what_says_nothing_is_refused_at_the_field(day, zane, verdict, more, field):
    with pytest.raises(ValidationError) as error:
        sign(day, zane, verdict, **more)
    assert list(error.value.message_dict) == [field]
    assert not SignOff.objects.exists() and not FieldComment.objects.exists()


def test_a_word_that_changed_since_it_was_seen_is_not_signed(day, zane):
    seen = token_of(day)
    Gloss.objects.filter(entry=day, language="lv").update(text="dienas")
    with pytest.raises(reviewing.ChangedMeanwhile):
        reviewing.sign_off(entry=day, by=zane, verdict="right", seen=seen)
    assert state(day)[0] == "unreviewed"


def test_another_form_leaves_the_word_unreviewed_and_waits_for_an_editor(day, zane):
    said = sign(day, zane, "differently", form=" dives ")
    assert state(day)[0] == "unreviewed"
    assert list(SignOff.objects.waiting()) == [said]
    assert said.form == "dives" and said.is_waiting


def test_something_wrong_is_a_comment_at_the_field(day, zane, editor):
    said = sign(day, zane, "wrong", field="glosses.lv", note="Tā saka par nakti.")
    comment = FieldComment.objects.get()
    assert (comment.target, comment.field, comment.text, comment.author) == (
        day,
        "glosses.lv",
        "Tā saka par nakti.",
        zane,
    )
    with translation.override("en"):
        assert comment.field_label == "the meaning in Latvian"
    assert SignOff.objects.waiting().exists()
    resolve_comment(comment=comment, by=editor)
    assert not SignOff.objects.waiting().exists()
    assert not SignOff.objects.get(pk=said.pk).is_waiting


def test_saying_something_else_takes_back_what_was_said(day, zane):
    first = sign(day, zane)
    sign(day, zane, "differently", form="dives")
    first.refresh_from_db()
    assert first.taken_back_at is not None
    assert state(day) == ("unreviewed", None, None)


class TestTakingBack:
    def test_the_word_is_unreviewed_again(self, day, zane):
        reviewing.take_back(sign_off=sign(day, zane), by=zane)
        assert state(day) == ("unreviewed", None, None)
        assert not SignOff.objects.standing().exists()

    def test_another_signature_still_stands(self, day, zane):
        other = reviewer("Anna")
        sign(day, other)
        reviewing.take_back(sign_off=sign(day, zane), by=zane)
        assert state(day)[:2] == ("reviewed", other)

    def test_nobody_takes_back_what_another_said(self, day, zane):
        with pytest.raises(Http404):
            reviewing.take_back(sign_off=sign(day, zane), by=reviewer("Anna"))
        assert state(day)[0] == "reviewed"

    def test_a_review_from_before_comes_back(self, day, zane):
        Entry.objects.filter(pk=day.pk).update(review_state="reviewed", reviewed_on="2026-05-01")
        reviewing.take_back(sign_off=sign(day, zane), by=zane)
        assert str(state(day)[2]) == "2026-05-01"

    def test_the_comment_is_closed_with_it(self, day, zane):
        reviewing.take_back(sign_off=sign(day, zane, "wrong", field="", note="?"), by=zane)
        assert FieldComment.objects.get().resolved_at is not None

    def test_not_once_an_editor_has_answered(self, day, zane, editor):
        said = sign(day, zane, "differently", form="dives")
        reviewing.leave_as_it_is(sign_off=said, by=editor, reason="Kursā māca Rīgas formu.")
        with pytest.raises(ValidationError):
            reviewing.take_back(sign_off=said, by=zane)


class TestWhatEndsASignature:
    def change(self, entry, **fields):
        fresh = Entry.objects.get(pk=entry.pk)
        for name, value in fields.items():
            setattr(fresh, name, value)
        fresh.save()

    def test_a_note_does_not(self, day, zane):
        sign(day, zane)
        self.change(day, note="Dienas laiks.")
        assert state(day)[0] == "reviewed"

    def test_nor_does_a_stale_form_that_says_unreviewed(self, day, zane):
        sign(day, zane)
        self.change(day, review_state="unreviewed", reviewed_on=None, reviewed_by=None)
        assert state(day) == ("reviewed", zane, timezone.localdate())

    @pytest.mark.parametrize("field", ["text", "variety"])
    def test_the_text_and_the_variety_do_and_the_history_stays(self, day, zane, field):
        said = sign(day, zane)
        value = {"text": "dives", "variety": Variety.objects.get(code="lithuanian")}[field]
        self.change(day, **{field: value})
        assert state(day) == ("unreviewed", None, None)
        said.refresh_from_db()
        assert said.ended_at is not None and said.text_seen == "dīs"

    def test_a_meaning_does(self, day, zane):
        sign(day, zane)
        fresh = Entry.objects.get(pk=day.pk)
        for gloss in (glosses := list(fresh.glosses.all())):
            gloss.text += "s"
        fresh.glosses = glosses
        fresh.save()
        assert state(day)[0] == "unreviewed"

    def test_what_is_put_back_as_it_was_holds_again(self, day, zane):
        sign(day, zane)
        self.change(day, text="dives")
        self.change(day, text="dīs")
        assert state(day) == ("reviewed", zane, timezone.localdate())

    def test_the_reviewer_may_sign_the_new_text_and_both_stay(self, day, zane):
        sign(day, zane)
        self.change(day, text="dives")
        sign(day, zane)
        self.change(day, text="dīs")
        assert SignOff.objects.standing().count() == 1
        assert state(day)[0] == "reviewed"

    def test_a_review_from_the_files_ends_too(self, day):
        Entry.objects.filter(pk=day.pk).update(review_state="reviewed", reviewed_on="2026-05-01")
        self.change(day, note="x")
        assert state(day)[0] == "reviewed"
        self.change(day, text="dives")
        assert state(day) == ("unreviewed", None, None)


class TestAnEditorsAnswer:
    def test_the_main_form_changes_places_with_the_variant(self, day, zane, editor):
        said = sign(day, zane, "differently", form="dives")
        reviewing.make_main_form(sign_off=said, by=editor)
        day.refresh_from_db()
        assert (day.text, day.source_form, day.source_ref[:6]) == ("dives", "dīs", "ROMLEX")
        assert [one.form for one in day.variants.all()] == ["dīs"]
        said.refresh_from_db()
        assert (said.outcome, said.decided_by) == ("main", editor)
        assert state(day)[0] == "unreviewed", "nobody has signed it as it is now"

    def test_a_form_of_another_variety_cannot_be_the_main_one(self, day, zane, editor):
        neighbour = Variety.objects.get(code="lithuanian")
        said = sign(day, zane, "differently", form="dyves", form_variety=neighbour)
        with pytest.raises(ValidationError) as error:
            reviewing.make_main_form(sign_off=said, by=editor)
        assert list(error.value.message_dict) == ["form"]
        assert Entry.objects.get(pk=day.pk).text == "dīs"

    def test_the_other_half_of_a_protected_pair_is_refused(self, day, zane, editor):
        ProtectedPair.objects.create(form_a="dīs", form_b="dives", why="test")
        said = sign(day, zane, "differently", form="dives")
        with pytest.raises(ValidationError):
            reviewing.make_main_form(sign_off=said, by=editor)

    def test_leaving_it_needs_a_reason_that_the_reviewer_reads(self, day, zane, editor):
        said = sign(day, zane, "differently", form="dives")
        for reason in (" ", "x" * 301):
            with pytest.raises(ValidationError) as error:
                reviewing.leave_as_it_is(sign_off=said, by=editor, reason=reason)
            assert list(error.value.message_dict) == ["reason"]
        reviewing.leave_as_it_is(sign_off=said, by=editor, reason="Kursā māca Rīgas formu.")
        said.refresh_from_db()
        assert (said.outcome, said.outcome_note) == ("kept", "Kursā māca Rīgas formu.")

    def test_what_was_answered_or_taken_back_waits_no_more(self, day, zane, editor):
        said = sign(day, zane, "differently", form="dives")
        reviewing.take_back(sign_off=said, by=zane)
        with pytest.raises(ValidationError):
            reviewing.make_main_form(sign_off=said, by=editor)


class TestTheName:
    def test_a_later_change_reaches_earlier_words_only_if_wanted(self, day, good, zane):
        sign(day, zane)
        reviewing.set_profile(user=zane, mode="pseudonym", pseudonym="Rasa")
        sign(good, zane)
        names = SignOff.objects.order_by("pk").values_list("signed_as", flat=True)
        assert list(names) == ["Zane", "Rasa"]
        reviewing.set_profile(user=zane, mode="unnamed", change_earlier=True)
        assert list(names.all()) == ["", ""]

    def test_the_own_name(self, zane):
        assert reviewing.set_profile(user=zane, mode="name").signs_as == "Zane Ozola"

    @pytest.mark.parametrize(
        ("mode", "pseudonym", "field"),
        [
            ("pseudonym", " ", "pseudonym"),
            ("pseudonym", "…", "pseudonym"),
            ("pseudonym", "zane@pamatkurss.example", "pseudonym"),
            ("pseudonym", "x" * 81, "pseudonym"),
            ("king", "", "mode"),
        ],
    )
    def test_a_name_that_is_none_is_refused_at_the_field(self, zane, mode, pseudonym, field):
        with pytest.raises(ValidationError) as error:
            reviewing.set_profile(user=zane, mode=mode, pseudonym=pseudonym)
        assert list(error.value.message_dict) == [field]
        assert ReviewerProfile.objects.get().signs_as == "Zane"


class TestPersonalData:
    def test_all_of_it_is_given_out(self, day, good, zane):
        sign(day, zane, "differently", form="dives", note="Rīgā.")
        reviewing.pass_over(entry=good, by=zane)
        told = personal_data.export_all(zane)["dictionary"]
        today = timezone.localdate().isoformat()
        assert told["signs_as"] == {"mode": "pseudonym", "name": "Zane", "variety": ""}
        assert told["passed_over"] == [{"word": "lačho", "day": today}]
        assert told["sign_offs"] == [
            {
                "word": "dīs",
                "meanings": {"lv": "diena", "en": "day"},
                "verdict": "differently",
                "signed_as": "Zane",
                "signed_on": today,
                "variety": "",
                "form": "dives",
                "form_variety": "",
                "field": "",
                "note": "Rīgā.",
                "taken_back_at": None,
                "outcome": "",
                "outcome_note": "",
            }
        ]

    def test_with_the_account_the_name_goes_everywhere_and_the_review_stays(self, day, good, zane):
        sign(day, zane)
        sign(good, zane, "wrong", field="text", note="?")
        reviewing.pass_over(entry=good, by=zane)
        zane.delete()
        assert state(day)[:2] == ("reviewed", None)
        assert set(SignOff.objects.values_list("by", "signed_as", "variety")) == {(None, "", None)}
        assert not ReviewerProfile.objects.exists() and not PassedOver.objects.exists()
        assert FieldComment.objects.get().author is None
