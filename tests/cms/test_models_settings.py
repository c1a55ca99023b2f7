"""Site settings: edited by administrators only, spoken in the page's language."""

import pytest
from django.contrib.auth.models import Group
from django.utils import translation

from cms.models import SiteSettings

pytestmark = pytest.mark.django_db


def test_notice_is_in_the_active_language_or_else_latvian():
    settings = SiteSettings(funder_notice_lv="Latviski", funder_notice_en="In English")
    with translation.override("en"):
        assert settings.funder_notice == "In English"
        settings.funder_notice_en = ""
        assert settings.funder_notice == "Latviski"
    with translation.override("lv"):
        assert settings.funder_notice == "Latviski"


def test_administrators_group_may_edit_them_and_authors_may_not(client, author, site):
    address = f"/admin/settings/cms/sitesettings/{site.pk}/"
    client.force_login(author, "django.contrib.auth.backends.ModelBackend")
    assert client.get(address).status_code in (302, 403)
    author.groups.set([Group.objects.get(name="Administrators")])
    assert client.get(address).status_code == 200
    client.post(address, {"contact_email": "kurss@example.lv", "issuer": "Skola"})
    assert SiteSettings.for_site(site).contact_email == "kurss@example.lv"


def test_wrong_address_is_named_at_its_field_and_keeps_what_was_typed(client, admin, site):
    client.force_login(admin, "django.contrib.auth.backends.ModelBackend")
    response = client.post(
        f"/admin/settings/cms/sitesettings/{site.pk}/", {"contact_email": "kurss.example.lv", "issuer": "Skola"}
    )
    assert "contact_email" in response.context["form"].errors
    assert "kurss.example.lv" in response.content.decode()
