"""Item statistics: the figures as numbers, and what authors see of them; never a learner."""

import json
import uuid

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from lessons.services import current_versions
from progress.item_statistics import Taken, WrongAnswer, difficulty, discrimination, frequent
from progress.models import Answer, AppealedForm, Attempt, AttemptItem
from progress.reports import report_of, reports
from tests.lessons import building

from .conftest import learner

# --- the figures ---------------------------------------------------------------------------------


def test_difficulty_is_the_mean_share():
    assert difficulty([Taken(1, 1), Taken(0, 0), Taken(0.5, 0), Taken(0.5, 1)]) == 0.5


def test_discrimination_is_the_point_biserial_correlation_with_the_rest():
    """Ten right with the rest at 0.8, ten not with 0.4, spread evenly by 0.1: r = 0.2 / sqrt(0.04 + 0.01)."""
    right = [Taken(1, 0.8 + step) for step in (0.1, -0.1)] * 5
    wrong = [Taken(0, 0.4 + step) for step in (0.1, -0.1)] * 5
    assert discrimination(right + wrong) == pytest.approx(0.2 / 0.05**0.5)
    assert discrimination([Taken(1 - one.score, one.rest) for one in right + wrong]) == pytest.approx(-0.2 / 0.05**0.5)


@pytest.mark.parametrize(
    "taken",
    [
        [Taken(1, 0.5)] * 30,
        [Taken(1, 0.5)] * 15 + [Taken(0, 0.5)] * 15,
        [Taken(1, None)] * 15 + [Taken(0, None)] * 15,
        [Taken(1, 1), Taken(0, 0)] * 9,
    ],
)
def test_discrimination_is_not_told_where_it_cannot_be(taken):
    assert discrimination(taken) is None


def test_a_wrong_answer_is_shown_from_five_learners_on_each_counted_once():
    answers = [(number, "pal") for number in range(5)] + [(number, "brālis") for number in range(4)] + [(1, "")] * 9
    assert frequent(answers + answers) == [WrongAnswer("pal", 5)]
    assert frequent([(1, "pal")] * 30) == []


# --- what authors see ----------------------------------------------------------------------------


@pytest.fixture
def asked(db, course):
    """Two words to write, each in one quiz: `amal`, which lacks its variant `māl`, and `phal`."""
    building.word("amal", meaning=("draugs", "friend"))
    return [building.exercise("type", item=word, mode="translate") for word in ("amal", "phal")]


def take(exercises, texts, *, name=None):
    """Store one learner's submitted attempt, with an answer for each exercise as the grader judges it."""
    from lessons.services import grade_answer

    name = name or f"dalibnieks{uuid.uuid4().hex[:8]}"
    user = User.objects.filter(email=f"{name}@example.lv").first() or learner(f"{name}@example.lv")
    attempt = Attempt.objects.create(
        user=user, quiz_uuid=uuid.uuid4(), feedback="at_once", pass_mark=70, submitted_at=timezone.now(), score=0
    )
    for place, (version, text) in enumerate(zip(current_versions(exercises), texts, strict=True)):
        AttemptItem.objects.create(
            attempt=attempt, position=place, exercise_uuid=version.exercise_uuid, version=version
        )
        content = None if text is None else {"text": text}
        grade = grade_answer(version.definition, content)
        Answer.objects.create(
            attempt=attempt, exercise_uuid=version.exercise_uuid, client_id=uuid.uuid4(), content=content,
            verdict=grade.verdict, score=grade.score, facts=json.loads(json.dumps(grade.facts)),
        )  # fmt: skip
    return attempt


def many(exercises):
    """Ten learners know both words, ten neither: six of these write `māl`, four `raj` for the first."""
    for _ in range(10):
        take(exercises, ["amal", "phal"])
    for number in range(10):
        take(exercises, ["māl" if number < 6 else "raj", "qqq" if number else None])


def signed_in(group):
    user = User.objects.create_user(f"{group.split()[0].lower()}@pamatkurss.example", name=group)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def url(exercise):
    return f"/admin/exercises/{exercise.pk}/statistics/"


def test_figures_come_from_twenty_attempts_on(asked):
    for _ in range(19):
        take(asked, ["amal", "phal"])
    assert not report_of(asked[0]).is_enough and report_of(asked[0]).difficulty is None
    page = signed_in("Authors").get(url(asked[0])).content.decode()
    assert "19" in page and "20" in page
    take(asked, ["amal", "phal"])
    assert report_of(asked[0]).difficulty == 1.0


def test_an_author_sees_the_figures_and_the_frequent_answers_and_no_name(asked):
    many(asked)
    page = signed_in("Authors").get(url(asked[0])).content.decode()
    assert "50 %" in page and "1,00" in page
    assert "māl" in page and 'value="māl"' in page
    assert "raj" not in page.split("</header>")[-1], "a group of four"
    assert "dalibnieks" not in page and "Dalibnieks" not in page


def test_accept_as_a_form_takes_the_path_of_an_appeal(asked):
    many(asked)
    author = signed_in("Authors")
    for _ in range(2):
        reply = author.post(url(asked[0]), {"form": "māl"})
        form = AppealedForm.objects.get()
        assert reply.status_code == 302 and reply.url == f"/admin/appeals/{form.uuid}/"
    assert (form.expected, form.written, form.status) == ("amal", "māl", "open")
    assert signed_in("Native reviewers").get("/admin/appeals/").content.decode().count("māl") >= 1


@pytest.mark.parametrize("given", ["raj", "amal", "", "x" * 5000])
def test_what_is_not_shown_cannot_be_accepted(asked, given):
    many(asked)
    reply = signed_in("Authors").post(url(asked[0]), {"form": given})
    assert reply.status_code == 302 and reply.url == url(asked[0])
    assert not AppealedForm.objects.exists()


@pytest.mark.parametrize("group", ["Native reviewers", "Coordinators", "Learners"])
def test_statistics_are_for_authors(asked, group):
    client = signed_in(group)
    assert client.get(url(asked[0])).status_code == 302
    assert client.get("/admin/exercises/").status_code == 302
    assert client.post(url(asked[0]), {"form": "māl"}).status_code == 302


@pytest.mark.django_db
def test_an_unknown_exercise_is_not_found():
    assert signed_in("Authors").get("/admin/exercises/99999/statistics/").status_code == 404


def test_the_report_lists_what_was_asked_and_is_empty_before(asked):
    author = signed_in("Authors")
    assert asked[0].title not in author.get("/admin/exercises/").content.decode()
    many(asked)
    page = author.get("/admin/exercises/").content.decode()
    assert all(exercise.title in page for exercise in asked)
    assert url(asked[0]) in author.get("/admin/snippets/lessons/exercise/").content.decode()


def test_reports_cost_the_same_queries_for_few_and_many(asked):
    def cost(what):
        with CaptureQueriesContext(connection) as seen:
            what()
        return len(seen)

    many(asked)
    one, listed = cost(lambda: report_of(asked[0])), cost(lambda: reports(asked[:1]))
    many(asked)
    assert cost(lambda: report_of(asked[0])) == one
    assert cost(lambda: reports(asked)) == listed


def test_what_was_judged_again_counts_as_it_stands(asked):
    from media.models import Variety
    from progress.appeals import accept_form, propose_form
    from progress.reports import contested_of

    many(asked)
    form = propose_form(contested=contested_of(asked[0], "māl"))
    reviewer = User.objects.create_user("recenzents@pamatkurss.example", name="Recenzents")
    accept_form(form=form, by=reviewer, spelling="māl", variety=Variety.objects.get(code="latvian"))
    report = report_of(asked[0])
    assert report.difficulty == 0.8 and report.wrong == []


def test_write_feedback_opens_the_editor_with_the_answer_where_the_type_takes_it(asked):
    many(asked)
    author = signed_in("Authors")
    page = BeautifulSoup(author.get(url(asked[0])).content, "html.parser")
    (link,) = [one["href"] for one in page.find_all("a") if "write-about" in one["href"]]
    assert link.endswith(f"/edit/{asked[0].pk}/?write-about=m%C4%81l")
    assert "māl" in author.get(link).content.decode() or "m\\u0101l" in author.get(link).content.decode()
