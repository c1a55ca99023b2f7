"""The data migrations of the site, forward and back."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page, Site

from cms.models import ContentPage, HomePage

pytestmark = pytest.mark.django_db

front = import_module("cms.migrations.0002_create_front_pages")
rights = import_module("cms.migrations.0003_page_permissions")


def tree():
    return [(page.path, page.depth, page.numchild) for page in Page.objects.order_by("path")]


def test_new_site_has_one_home_per_language_and_no_welcome_page():
    lv, en = HomePage.objects.order_by("path")
    assert (lv.locale.language_code, en.locale.language_code) == ("lv", "en")
    assert lv.translation_key == en.translation_key
    assert Site.objects.get(is_default_site=True).root_page_id == lv.pk
    assert Page.objects.filter(depth=2).count() == 2
    assert Page.find_problems() == ([], [], [], [], [])


def test_back_and_forward_again_gives_the_same_site():
    before = tree()
    front.restore_welcome_page(apps, None)
    assert Site.objects.get(is_default_site=True).root_page.title == "Welcome"
    assert not HomePage.objects.exists()
    assert Page.find_problems() == ([], [], [], [], [])
    Page.objects.filter(depth=2).update(title="Welcome to your new Wagtail site!")
    front.create_front_pages(apps, None)
    assert tree() == before


def test_going_back_refuses_to_lose_pages():
    HomePage.objects.first().add_child(instance=ContentPage(title="Darbs"))
    with pytest.raises(RuntimeError, match="below the front pages"):
        front.restore_welcome_page(apps, None)
    assert ContentPage.objects.filter(title="Darbs").exists()


def test_rights_go_back_and_forward():
    def authors():
        return set(
            GroupPagePermission.objects.filter(group__name="Authors").values_list("permission__codename", flat=True)
        )

    assert authors() == {"add_page", "change_page"}, "publishing has gone to the editors: review.0002"
    rights.take_back(apps, None)
    assert authors() == set()
    assert not Group.objects.get(name="Administrators").permissions.filter(codename="change_sitesettings").exists()
    rights.give(apps, None)
    rights.give(apps, None)
    assert authors() == {"add_page", "change_page", "publish_page"}
    assert GroupPagePermission.objects.filter(group__name="Authors").count() == 3
