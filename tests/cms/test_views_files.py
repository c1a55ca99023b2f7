"""Pictures from local storage: those, and nothing else that lies beside them."""

import pytest
from django.conf import settings
from django.test import RequestFactory

from cms.files import serve_file

pytestmark = pytest.mark.django_db

get = RequestFactory().get("/files/x")


def test_a_rendition_is_served_and_may_be_kept(image):
    rendition = image.get_rendition("width-320|format-webp")
    response = serve_file(get, rendition.file.name)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "image/webp"
    assert "immutable" in response.headers["Cache-Control"]
    assert "public" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "documents/secret.pdf",
        "recordings/consent.pdf",
        "../db.sqlite3",
        "images/../documents/secret.pdf",
        "images/\x00.png",
        "images/" + "x" * 400 + ".png",
        "images/none.png",
        "images",
        "images/",
        "",
        "/etc/passwd",
    ],
)
def test_anything_else_is_missing(path):
    from django.http import Http404

    (settings.MEDIA_ROOT / "documents").mkdir(parents=True, exist_ok=True)
    (settings.MEDIA_ROOT / "documents" / "secret.pdf").write_bytes(b"%PDF")
    (settings.MEDIA_ROOT / "recordings").mkdir(exist_ok=True)
    (settings.MEDIA_ROOT / "recordings" / "consent.pdf").write_bytes(b"%PDF")
    with pytest.raises(Http404):
        serve_file(get, path)


def test_files_are_only_read(image):
    assert serve_file(RequestFactory().post("/files/x"), image.file.name).status_code == 405
