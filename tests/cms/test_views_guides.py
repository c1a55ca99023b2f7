"""The guides in the admin: who may read them, where their links and pictures lead."""

import re

import pytest
from django.urls import reverse

from cms import guides

pytestmark = pytest.mark.django_db
PHRASE = "Kā uzrakstīt nodarbību"


def test_visitors_are_sent_to_sign_in(client):
    assert client.get(reverse("guides")).status_code == 302
    assert client.get(reverse("guide-picture", args=["galds.png"])).status_code == 302


def test_contents_name_every_guide(author_client):
    html = author_client.get(reverse("guides")).content.decode()
    assert guides.names()
    missing = [name for name in guides.names() if reverse("guide", args=[name]) not in html]
    assert not missing


@pytest.mark.parametrize("name", [*guides.names(), *guides.ENGLISH])
def test_every_guide_is_shown_and_all_it_leads_to_is_there(author_client, name):
    response = author_client.get(reverse("guide", args=[name]))
    assert response.status_code == 200
    found = guides.guide(name)
    assert found is not None
    addresses = set(re.findall(r'(?:href|src)="(/[^"#]*)', found.html))
    assert all(author_client.get(address).status_code == 200 for address in addresses)
    assert 'src=""' not in found.html
    anchors = set(re.findall(r'href="#([^"]+)"', found.html))
    assert anchors <= set(re.findall(r'id="([^"]+)"', found.html))


def test_reviewers_read_the_same(client, reviewer):
    client.force_login(reviewer, "django.contrib.auth.backends.ModelBackend")
    assert PHRASE in client.get(reverse("guide", args=["uzraksti-nodarbibu"])).content.decode()


def test_a_picture_is_a_picture(author_client):
    response = author_client.get(reverse("guide-picture", args=["galds.png"]))
    assert response["Content-Type"] == "image/png"
    assert b"".join(response.streaming_content).startswith(b"\x89PNG")
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["nav-tadas", "..", "README.md", "pictures", "operations", "%2e%2e%2fapi", "x" * 500])
def test_what_is_no_guide_is_not_found(author_client, name):
    assert author_client.get(f"/admin/help/{name}/", follow=True).status_code == 404


@pytest.mark.parametrize(
    "name", ["nav.png", "../api.md", "..%2f..%2fmanage.py", "galds.svg", ".png", "x" * 500 + ".png"]
)
def test_what_is_no_picture_is_not_found(author_client, name):
    assert author_client.get(f"/admin/help/pictures/{name}", follow=True).status_code == 404


def test_guides_are_only_read(author_client):
    assert author_client.post(reverse("guides")).status_code == 405


def test_guides_stand_in_the_help_menu(author_client):
    html = author_client.get("/admin/").content.decode()
    assert reverse("guides") in html


def test_markdown_is_plain_and_romani_is_marked(tmp_path, monkeypatch):
    monkeypatch.setattr(guides, "GUIDES", tmp_path)
    (tmp_path / "raksts.md").write_text(
        "# Virsraksts\n\n<script>alert(1)</script>\n\n## Otrā daļa\n\n*lačho* [ārpus](../architecture.md) "
        "[šeit](#otrā-daļa) [slikti](javascript:alert(1))\n",
        encoding="utf-8",
    )
    found = guides.guide("raksts")
    assert found is not None
    assert found.title == "Virsraksts"
    assert [heading.anchor for heading in found.headings] == ["otrā-daļa"]
    assert "<script>" not in found.html
    assert 'lang="rml">lačho' in found.html
    assert "<a>ārpus</a>" in found.html
    assert "javascript:" not in re.sub(r"\[slikti\]\([^)]*\)", "", found.html)
