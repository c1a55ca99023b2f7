"""A lesson in Latvian and in English, level with each other, for tests of translations."""

from uuid import uuid4

from django.contrib.auth.models import Group
from wagtail.models import Locale, Page

from accounts import roles
from accounts.models import User
from cms.models import HomePage, TranslationState
from cms.translating import services
from lessons.models import LessonPage
from tests import making

NO_SIDE = {"heading": "", "text": ""}


def author(email="autore@example.test", language="en"):
    """Return somebody who writes and publishes."""
    user = User.objects.create_user(email=email, password=None, name="Anna", language=language)
    user.groups.add(*Group.objects.filter(name__in=[roles.AUTHORS, roles.EDITORS]))
    return user


def text(words, heading="", **more):
    return ("text", {"heading": heading, "text": f"<p>{words}</p>", "side": NO_SIDE} | more)


def latvian(body=(), **fields):
    """Return a published Latvian lesson in a course of its own."""
    home = HomePage.objects.get(locale__language_code="lv")
    course = Page.objects.child_of(home).filter(slug="pamatkurss").first() or making.make_course(home, lessons=0)
    page = making.make_lesson(course.get_children().first(), body, **fields)
    page.save_revision().publish()
    return LessonPage.objects.get(pk=page.pk)


def copied(page, language="en"):
    """Return the draft that “Translate” makes."""
    locale = Locale.objects.get(language_code=language)
    made = page.copy_for_translation(locale, copy_parents=True)
    made.get_ancestors().filter(live=False).update(live=True)
    return LessonPage.objects.get(pk=made.pk)


def translated(page, words, **fields):
    """Return the published English page: each text of `words` instead of the Latvian, and level with it."""
    made = copied(page)
    rewrite(made, words)
    for name, value in ({"title": "Good day and thank you", "can_do": "I recognise a greeting."} | fields).items():
        setattr(made, name, value)
    made.save_revision().publish()
    return LessonPage.objects.get(pk=made.pk)


def rewrite(page, words):
    """Put other words into a page's body, wherever they stand; ids stay."""

    def put(value):
        if isinstance(value, dict):
            return {name: put(one) for name, one in value.items()}
        if isinstance(value, list):
            return [put(one) for one in value]
        for before, after in words.items():
            if isinstance(value, str):
                value = value.replace(before, after)
        return value

    body(page, put(body(page)))


def body(page, raw=None):
    """Return a page's body as it is stored; given one, put it in."""
    if raw is not None:
        page.body = page._meta.get_field("body").stream_block.to_python(raw)
    return list(page.body.get_prep_value())


def draft(page):
    """Return the newest draft, afresh."""
    return type(page).objects.get(pk=page.pk).get_latest_revision_as_object()


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def publish(page, user=None):
    page.save_revision(user=user).publish(user=user)


def state(page):
    return TranslationState.objects.get(page_id=page.pk)


def change_text(page, before, after):
    rewrite(page, {before: after})
    publish(page)


def kinds(page):
    """Return the kinds of what is open, for the newest draft."""
    found = services.standing(fresh(page))
    return [(one.kind, one.is_done) for group in found.open for one in group.changes]


def texts(page):
    return [block["value"].get("text") for block in body(page) if block["type"] == "text"]


def taken_over(page, user=None):
    services.take_over(page=fresh(page), user=user or author(f"{uuid4().hex}@example.test"))
    return draft(page)


def seen(page):
    return services.standing(fresh(page)).seen
