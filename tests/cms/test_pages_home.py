"""The front page: what it holds, what it counts, who may edit it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms import facts
from cms.facts import Fact
from cms.models import ContentPage, HomePage

pytestmark = pytest.mark.django_db


def test_home_stands_at_the_top_and_takes_course_dictionary_and_content(pages):
    pages.assertAllowedParentPageTypes(HomePage, {Page})
    pages.assertCanCreateAt(HomePage, ContentPage)
    pages.assertCanNotCreateAt(ContentPage, HomePage)
    names = {f"{model._meta.app_label}.{model.__name__}" for model in HomePage.allowed_subpage_models()}
    assert names >= {"courses.CoursePage", "dictionary.DictionaryPage", "cms.ContentPage"}


def test_home_is_routable_and_renderable_in_both_languages(pages, home, english_home):
    assert (home.url, english_home.url) == ("/", "/en/")
    pages.assertPageIsRoutable(home)
    for page in (home, english_home):
        pages.assertPageIsRenderable(page)


def test_home_is_editable_and_previewable(pages, home, admin):
    form = {
        "title": "Romu valodas pamatkurss",
        "slug": "sakums",
        "heading": "Saprast ģimeni",
        "introduction": "Kurss iesācējiem.",
        "paths": streamfield([("path", {"title": "Skolā", "text": "Bērns sāk mācības."})]),
        "why_text": rich_text("<p>Tāpēc.</p>"),
        "unknown_text": rich_text("<p>Vēl daudz.</p>"),
        "comments": inline_formset([]),
    }
    pages.assertPageIsEditable(home, user=admin, post_data=nested_form_data(form))
    pages.assertPageIsPreviewable(home, user=admin, post_data=nested_form_data(form))


def test_a_new_site_says_openly_what_is_not_known(client, home):
    html = client.get("/").content.decode()
    assert home.heading in html
    assert "nav pārbaudījis dzimtās valodas runātājs" in html
    assert 'lang="rml"' not in html, "a Romani word may only come with the course"


def test_hero_word_is_marked_as_romani(client, home):
    home.hero_romani, home.hero_gloss = "haļol", "saprast"
    home.save()
    assert '<span class="rom" lang="rml">haļol</span>' in client.get("/").content.decode()


def test_paths_show_their_word_and_page(client, home, about):
    first = home.paths[0].value
    first["romani"], first["gloss"], first["page"] = "romanes", "romiski", about
    home.save()
    html = client.get("/").content.decode()
    assert '<span class="rom" lang="rml">romanes</span>' in html
    assert f'href="{about.url}"' in html


def test_unpublished_targets_are_not_linked(client, home, about):
    home.start_page = home.sources_page = about
    home.save()
    home.paths[0].value["page"] = about
    home.save()
    linked = client.get("/").content.decode().count(f'href="{about.url}"')
    about.unpublish()
    assert linked >= 3
    assert f'href="{about.url}"' not in client.get("/").content.decode()


def test_counts_come_from_published_pages_only(client, home, monkeypatch):
    assert facts.page_counts(home) == []
    monkeypatch.setattr(facts, "_providers", [lambda page: [Fact("7", f"vārdi par {page.pk}")]])
    html = client.get("/").content.decode()
    assert '<dd class="num">7</dd>' in html
    assert f"vārdi par {home.pk}" in html


def test_registering_facts_twice_counts_once(monkeypatch):
    monkeypatch.setattr(facts, "_providers", [])

    def provider(page):
        return [Fact("1", "x")]

    facts.register_provider(provider)
    facts.register_provider(provider)
    assert facts.facts_about(Page()) == [Fact("1", "x")]


def test_home_takes_as_many_queries_with_many_pages_as_with_few(client, home, about):
    def queries():
        client.get("/")
        with CaptureQueriesContext(connection) as counted:
            client.get("/")
        return len(counted)

    home.add_child(instance=ContentPage(title="Izvēlnē", show_in_menus=True))
    few = queries()
    for number in range(20):
        home.add_child(instance=ContentPage(title=f"Lapa {number}", show_in_menus=number % 2 == 0))
    assert queries() == few
