"""Menus and links into the other language: from the page tree, the same for everyone."""

import re

import pytest

from cms.models import ContentPage, SiteSettings

pytestmark = pytest.mark.django_db


def menu_of(client, address):
    html = client.get(address).content.decode()
    return re.search(r'<nav class="nav".*?</nav>', html, re.S).group(0)


def foot_of(client, address):
    return re.search(r'<footer class="foot">.*?</footer>', client.get(address).content.decode(), re.S).group(0)


def test_menu_shows_pages_that_are_in_menus_by_their_short_name(client, home):
    home.add_child(instance=ContentPage(title="Informācija ģimenēm", menu_title="Ģimenēm", show_in_menus=True))
    home.add_child(instance=ContentPage(title="Melnraksts", show_in_menus=True, live=False))
    menu = menu_of(client, "/")
    assert ">Ģimenēm</a>" in menu
    assert "Informācija ģimenēm" not in menu
    assert "Melnraksts" not in menu


def test_menu_marks_where_one_is(client, home):
    families = home.add_child(instance=ContentPage(title="Ģimenēm", show_in_menus=True))
    sheet = families.add_child(instance=ContentPage(title="Lapa"))
    assert f'<a href="{families.url}" aria-current="page">' in menu_of(client, families.url)
    assert f'<a href="{families.url}" aria-current="true">' in menu_of(client, sheet.url)
    assert "aria-current" not in menu_of(client, "/")


def test_each_language_has_its_own_menu(client, home, english_home):
    home.add_child(instance=ContentPage(title="Ģimenēm", show_in_menus=True))
    english_home.add_child(instance=ContentPage(title="For families", show_in_menus=True))
    assert "For families" not in menu_of(client, "/")
    assert "For families" in menu_of(client, "/en/")
    assert "Ģimenēm" not in menu_of(client, "/en/")


def test_language_link_leads_to_the_same_page(client, about, english_about):
    assert f'<a href="{english_about.url}" lang="en" hreflang="en">' in menu_of(client, about.url)
    assert f'<a href="{about.url}" lang="lv" hreflang="lv">' in menu_of(client, english_about.url)


def test_language_link_of_an_untranslated_page_leads_home(client, about):
    assert '<a href="/en/" lang="en" hreflang="en">' in menu_of(client, about.url)


def test_language_link_ignores_an_unpublished_translation(client, about, english_about):
    english_about.unpublish()
    assert '<a href="/en/" lang="en" hreflang="en">' in menu_of(client, about.url)


def test_language_link_of_search_leads_to_search(client, home):
    assert '<a href="/en/search/" lang="en" hreflang="en">' in menu_of(client, "/meklet/")
    assert '<a href="/meklet/" lang="lv" hreflang="lv">' in menu_of(client, "/en/search/")


def test_language_link_of_a_missing_page_leads_home(client, home):
    html = client.get("/nav-tadas/").content.decode()
    assert '<a href="/en/" lang="en" hreflang="en">' in html


def test_translations_are_told_to_search_engines(client, about, english_about):
    html = client.get(about.url).content.decode()
    assert f'<link rel="alternate" hreflang="lv" href="http://testserver{about.url}">' in html
    assert f'<link rel="alternate" hreflang="en" href="http://testserver{english_about.url}">' in html


def test_an_untranslated_page_announces_no_alternates(client, about):
    assert 'rel="alternate"' not in client.get(about.url).content.decode()


def test_page_says_its_language(client, about, english_about):
    assert '<html lang="lv">' in client.get(about.url).content.decode()
    assert '<html lang="en">' in client.get(english_about.url).content.decode()


def test_foot_lists_content_pages_that_stand_in_no_menu(client, home, about):
    home.add_child(instance=ContentPage(title="Ģimenēm", show_in_menus=True))
    home.add_child(instance=ContentPage(title="Klusa lapa", show_in_footer=False))
    foot = foot_of(client, "/")
    assert about.title in foot
    assert "Ģimenēm" not in foot
    assert "Klusa lapa" not in foot


def test_menus_are_bounded(client, home):
    for number in range(12):
        home.add_child(instance=ContentPage(title=f"Izvēlne {number}", show_in_menus=True))
        home.add_child(instance=ContentPage(title=f"Apakša {number}"))
    assert menu_of(client, "/").count("Izvēlne ") == 8
    assert foot_of(client, "/").count("Apakša ") == 8


def test_foot_shows_funder_and_contact_once_they_are_set(client, site):
    assert "mailto:" not in foot_of(client, "/")
    settings = SiteSettings.for_site(site)
    settings.contact_email = "kurss@example.lv"
    settings.funder_notice_lv = "Līdzfinansē fonds."
    settings.save()
    assert "mailto:kurss@example.lv" in foot_of(client, "/")
    assert "Līdzfinansē fonds." in foot_of(client, "/")
    # Not translated yet: the funder's sentence is still owed to the reader.
    assert "Līdzfinansē fonds." in foot_of(client, "/en/")
    settings.funder_notice_en = "Co-financed by a fund."
    settings.save()
    assert "Co-financed by a fund." in foot_of(client, "/en/")


def test_sign_in_returns_to_the_page(client, about):
    assert f"?next={about.url}" in menu_of(client, about.url)
