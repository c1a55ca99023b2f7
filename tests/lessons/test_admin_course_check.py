"""The check of the course in the CMS: its page, its panels on the desk, and that looking costs little."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from accounts import roles
from accounts.models import User
from cms.models import HomePage
from lessons.checking.keeping import judge_site
from lessons.models import CourseReport
from tests import making

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/course-check/"


def person(email, group):
    user = User.objects.create_user(email=email, password=None, language="en")
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def author(client):
    user = person("autore@example.test", roles.AUTHORS)
    client.force_login(user)
    return client


@pytest.fixture
def lesson():
    home = HomePage.objects.get(locale=Locale.objects.get(language_code="lv"))
    module = making.make_course(home, lessons=0).get_children().first()
    gap = ("gap", {"heading": "Ko vēl nezinām", "questions": ["Kā sasveicinās vakarā?", "Kā atvadās?"]})
    word = making.make_entry("rl0375", "dīs", "diena")
    text = ("text", {"heading": "Teksts", "text": '<p>Sakiet <span lang="rml">izdomāts</span>!</p>', "side": {}})
    return making.make_lesson(module, [making.words(word), text, gap], title="Labdien")


def test_before_the_first_check_the_page_says_so_and_checks_on_demand(author, lesson):
    assert "has not been checked yet" in author.get(ADDRESS).content.decode()
    assert author.post(ADDRESS, follow=True).status_code == 200
    html = author.get(ADDRESS).content.decode()
    assert "Lessons: 1," in html and "Romani that no source has" in html
    assert CourseReport.objects.count() == 1


def test_each_rule_leads_to_its_cases_and_each_case_to_its_editor(author, lesson):
    judge_site()
    html = author.get(f"{ADDRESS}?rule=unknown-word").content.decode()
    assert "izdomāts" in html and "Labdien" in html
    assert reverse("wagtailadmin_pages:edit", args=[lesson.pk]) in html
    html = author.get(f"{ADDRESS}?rule=no-native-audio").content.decode()
    assert "dīs" in html and "/edit/" in html


def test_a_made_up_rule_or_page_shows_the_whole(author, lesson):
    judge_site()
    for query in ("?rule=nonsense", "?rule=question&p=99", "?p=x"):
        assert author.get(ADDRESS + query).status_code == 200


def test_the_desk_shows_the_questions_and_what_is_wrong(author, lesson):
    judge_site()
    html = author.get("/admin/").content.decode()
    assert "Kā sasveicinās vakarā?" in html
    assert "“izdomāts” is neither a word nor an attested form" in html


def test_it_says_when_pages_were_published_since(author, lesson):
    judge_site()
    assert "published since" not in author.get(ADDRESS).content.decode()
    lesson.title = "Labvakar"
    lesson.save_revision().publish()
    assert "published since" in author.get(ADDRESS).content.decode()


def test_coordinators_have_no_business_there(client, lesson):
    client.force_login(person("koordinatore@example.test", roles.COORDINATORS))
    assert client.get(ADDRESS, follow=True).redirect_chain[0][0] == reverse("wagtailadmin_home")
    assert "course-check" not in client.get("/admin/").content.decode()


def test_a_long_report_costs_as_many_queries_as_a_short_one(author, lesson):
    judge_site()
    author.get(ADDRESS + "?rule=question")
    with CaptureQueriesContext(
        connection,
    ) as few:
        author.get(ADDRESS + "?rule=question")
    report = CourseReport.objects.get()
    report.findings = report.findings * 30
    report.save()
    with CaptureQueriesContext(connection) as many:
        author.get(ADDRESS + "?rule=question")
    assert len(many) == len(few)
