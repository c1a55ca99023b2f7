"""Pages and people for the tests of the site."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.images import ImageFile
from django.utils import translation
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Locale, Site
from wagtail.test.utils import page_tests

from cms.models import ContentPage, HomePage

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def latvian():
    """Begin in Latvian: a request leaves its language active in the process."""
    with translation.override("lv"):
        yield


@pytest.fixture
def home(db):
    """The Latvian front page, as the migrations made it."""
    return HomePage.objects.get(locale__language_code="lv")


@pytest.fixture
def english_home(db):
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def site(home):
    return Site.objects.get(is_default_site=True)


@pytest.fixture
def about(home):
    """A published content page under the front page."""
    page = ContentPage(
        title="Par kursu un avotiem",
        introduction="Kas mēs esam un no kurienes vārdi.",
        body=[("text", '<p>Katram vārdam ir avots. <span lang="rml">čhon</span></p>')],
    )
    home.add_child(instance=page)
    return page


@pytest.fixture
def english_about(about, english_home):
    page = about.copy_for_translation(Locale.objects.get(language_code="en"))
    page.title, page.slug, page.introduction = "About the course and its sources", "about", "Who we are."
    page.save_revision().publish()
    page.refresh_from_db()
    return page


@pytest.fixture
def image(db):
    """A small picture with its description."""
    data = io.BytesIO()
    Image.new("RGB", (1200, 800), "#123e85").save(data, "PNG")
    return get_image_model().objects.create(
        title="Zila", description="Zila debess virs lauka", file=ImageFile(io.BytesIO(data.getvalue()), "zila.png")
    )


@pytest.fixture
def author(db):
    """A person of the group Authors, with nothing beyond its permissions."""
    user = get_user_model().objects.create_user("autore@example.lv", "correct horse battery", name="Anna Autore")
    user.groups.add(Group.objects.get(name="Authors"))
    return user


@pytest.fixture
def editor(db):
    """A person of the group Editors: what authors may, and to publish."""
    user = get_user_model().objects.create_user("redaktore@example.lv", "correct horse battery", name="Elza Redaktore")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def reviewer(db):
    user = get_user_model().objects.create_user("recenzents@example.lv", "correct horse battery", name="Rolands")
    user.groups.add(Group.objects.get(name="Native reviewers"))
    return user


@pytest.fixture
def admin(db):
    return get_user_model().objects.create_superuser("admin@example.lv", "correct horse battery", name="Aija Admin")


@pytest.fixture
def author_client(client, author):
    client.force_login(author, BACKEND)
    return client


@pytest.fixture
def editor_client(client, editor):
    client.force_login(editor, BACKEND)
    return client


@pytest.fixture
def pages(client, home, monkeypatch):
    """Wagtail's own assertions about page types, with pytest's client."""
    # Its default is the first backend of the settings, which only counts failed sign-ins.
    monkeypatch.setattr(page_tests, "AUTH_BACKEND", BACKEND)
    case = page_tests.WagtailPageTestCase()
    case.client = client
    case.dummy_request = page_tests.get_dummy_request()
    return case
