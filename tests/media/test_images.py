"""Images: described, of a bearable size, and what they say they are."""

import io
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.images import get_image_model

from media.models import CourseImage

pytestmark = pytest.mark.django_db


def png(width: int = 40, height: int = 30) -> bytes:
    file = io.BytesIO()
    Picture.new("RGB", (width, height), "white").save(file, "png")
    return file.getvalue()


def bomb(side: int) -> bytes:
    """Return a PNG of a few bytes that says it is `side` pixels wide and high."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + rows + chunk(b"IEND", b"")


@pytest.fixture
def desk(client, author):
    client.force_login(author)
    return client


def sent(data: bytes, **values) -> dict:
    file = SimpleUploadedFile("a.png", data, content_type="image/png")
    return {"title": "Skola", "file": file, "description": "Durvis uz klasi.", "credit": "", "tags": ""} | values


def test_the_sites_images_are_ours():
    assert get_image_model() is CourseImage


def test_an_author_adds_an_image_with_its_description(desk, author):
    assert desk.post(reverse("wagtailimages:add"), sent(png())).status_code == 302
    image = CourseImage.objects.get()
    assert (image.description, image.width, image.uploaded_by_user) == ("Durvis uz klasi.", 40, author)
    assert image.get_rendition("width-20|format-webp").alt == "Durvis uz klasi."


def test_an_image_without_a_description_does_not_get_in(desk):
    response = desk.post(reverse("wagtailimages:add"), sent(png(), description=""))
    assert set(response.context["form"].errors) == {"description"}
    assert not CourseImage.objects.exists()


@pytest.mark.parametrize(
    "data",
    [b"", b"not a picture", png()[:40], bomb(12_000), bomb(17_000), bomb(60_000)],
    ids=["empty", "text", "cut off", "a large bomb", "a larger bomb", "a huge bomb"],
)
def test_a_bad_image_is_refused_at_the_field(desk, data):
    response = desk.post(reverse("wagtailimages:add"), sent(data))
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"file"}
    assert not CourseImage.objects.exists()


def test_a_bomb_among_several_images_at_once_is_refused_as_well(desk):
    file = SimpleUploadedFile("a.png", bomb(60_000), content_type="image/png")
    response = desk.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": file, "title": "Skola"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert response.status_code == 200
    assert response.json()["success"] is False
    assert response.json()["error_message"]


def test_several_images_at_once_are_asked_for_their_descriptions(desk):
    file = SimpleUploadedFile("a.png", png(), content_type="image/png")
    response = desk.post(
        reverse("wagtailimages:add_multiple"),
        {"files[]": file, "title": "Skola"},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert response.json()["success"] is True
    assert "description" in response.json()["form"]
    assert not CourseImage.objects.exists()
