"""Content pages: text, pictures, gaps; in menus, at the foot, in search."""

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from cms.blocks import TEXT_FEATURES
from cms.models import ContentPage, HomePage

pytestmark = pytest.mark.django_db

FORM = nested_form_data(
    {
        "title": "Par kursu",
        "slug": "par-kursu",
        "introduction": "Kas mēs esam.",
        "body": streamfield([("text", rich_text('<p>Vārds <span lang="rml">čhon</span></p>', features=TEXT_FEATURES))]),
        "show_in_footer": "on",
        "comments": inline_formset([]),
    }
)


def test_content_pages_stand_under_home_and_each_other(pages):
    pages.assertAllowedParentPageTypes(ContentPage, {HomePage, ContentPage})
    pages.assertAllowedSubpageTypes(ContentPage, {ContentPage})


def test_content_page_is_routable_renderable_editable_previewable(pages, about, admin):
    pages.assertPageIsRoutable(about)
    pages.assertPageIsRenderable(about)
    pages.assertPageIsEditable(about, user=admin, post_data=FORM)
    pages.assertPageIsPreviewable(about, user=admin, post_data=FORM)


def test_body_keeps_romani_marked_and_shows_gaps_dashed(client, about):
    about.body = [
        ("text", '<h2>Avoti</h2><p>Vārds <span lang="rml">čhon</span>.</p>'),
        ("gap", {"heading": "", "text": "<p>Kā sveicina no rīta.</p>"}),
    ]
    about.save()
    html = client.get(about.url).content.decode()
    assert '<span lang="rml">čhon</span>' in html
    assert '<div class="gap stack">' in html
    assert "Kā sveicina no rīta." in html


def test_picture_has_its_description_as_alternative_text(client, about, image):
    about.body = [("image", {"image": image, "caption": "Debess"})]
    about.save()
    html = client.get(about.url).content.decode()
    assert 'alt="Zila debess virs lauka"' in html
    assert "srcset=" in html
    assert "<figcaption" in html


def test_subpage_leads_back_to_its_parent(client, about):
    child = about.add_child(instance=ContentPage(title="Avotu saraksts"))
    html = client.get(child.url).content.decode()
    assert f'<nav class="crumb"><a href="{about.url}">' in html


def test_draft_changes_are_not_shown_and_not_lost(client, about):
    about.title = "Cits nosaukums"
    about.save_revision()
    assert "Cits nosaukums" not in client.get(about.url).content.decode()
    about.refresh_from_db()
    assert about.get_latest_revision_as_object().title == "Cits nosaukums"


def test_description_prefers_what_was_written_for_search_engines(client, about):
    assert f'<meta name="description" content="{about.introduction}">' in client.get(about.url).content.decode()
    about.search_description = "Par kursu."
    about.save()
    assert '<meta name="description" content="Par kursu.">' in client.get(about.url).content.decode()


def test_editor_edits_publishes_and_the_visitor_sees_it(client, editor_client, about):
    address = f"/admin/pages/{about.pk}/edit/"
    assert editor_client.post(address, FORM).status_code == 302
    assert "Par kursu</h1>" not in client.get(about.url).content.decode(), "saving a draft publishes nothing"
    assert editor_client.post(address, {**FORM, "action-publish": "1"}).status_code == 302
    html = client.get("/par-kursu/").content.decode()
    assert "<h1>Par kursu</h1>" in html
    assert '<span lang="rml">čhon</span>' in html


def test_editor_makes_a_new_page_and_leaving_out_the_title_is_told_at_the_field(editor_client, home):
    address = f"/admin/pages/add/cms/contentpage/{home.pk}/"
    refused = editor_client.post(address, {**FORM, "title": "", "slug": ""})
    assert "title" in refused.context["form"].errors
    assert "Kas mēs esam." in refused.content.decode(), "what was typed is still there"
    assert editor_client.post(address, {**FORM, "action-publish": "1"}).status_code == 302
    assert ContentPage.objects.get(slug="par-kursu").live
