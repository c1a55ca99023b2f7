"""People, sounds and stores that the tests of recordings share."""

from uuid import uuid4

import boto3
import pytest
from botocore.config import Config
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.utils import translation
from moto.server import ThreadedMotoServer

from accounts import roles
from media import reviewing, services
from media.models import Recording, Variety
from tests.making import consenting_speaker
from tests.media import sounds


@pytest.fixture(autouse=True)
def english():
    """Begin in English, whatever language the test before left active in the process."""
    with translation.override("en"):
        yield


def person(email: str, group: str = ""):
    user = get_user_model().objects.create_user(email=email, password="a-long-password")
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def author(db):
    return person("author@example.org", roles.AUTHORS)


@pytest.fixture
def reviewer(db):
    return person("reviewer@example.org", roles.NATIVE_REVIEWERS)


@pytest.fixture
def administrator(db):
    return person("administrator@example.org", roles.ADMINISTRATORS)


@pytest.fixture
def learner(db):
    return person("learner@example.org", roles.LEARNERS)


@pytest.fixture
def latvian(db):
    return Variety.objects.get(code="latvian")


@pytest.fixture
def speaker(latvian):
    return consenting_speaker("Speaker 1", public_name="Zane", licence="CC-BY-4.0")


@pytest.fixture
def shipped(latvian):
    """Return a function that makes a recording which can be heard, as the course loader does."""
    opus, mp3 = sounds.ogg(0.5), sounds.mp3(0.5)

    def make(**values) -> Recording:
        given = {"title": "najis-ta", "transcript": "najis-ta", "variety": latvian, "opus": opus, "mp3": mp3}
        made = services.add_ready_recording(**given | {"duration_seconds": 0.5, "peaks": [1, 50, 100]} | values)
        return accepted(made)

    return make


def accepted(recording: Recording) -> Recording:
    """Let a second listener accept the take, so that learners hear it."""
    return reviewing.accept_take(recording, by=person(f"{uuid4()}@example.org"))


@pytest.fixture(scope="session")
def s3_server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(s3_server, settings):
    """Put the default storage into a bucket of an S3-compatible server; return a client of it."""
    access = {"endpoint_url": s3_server, "region_name": "eu-north-1"}
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
    client = boto3.client("s3", **access, **keys)
    client.create_bucket(Bucket="course", CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    patience = Config(s3={"addressing_style": "path"}, connect_timeout=1, retries={"max_attempts": 1})
    options = {"bucket_name": "course", "access_key": "test", "secret_key": "test", "client_config": patience}
    options |= {"file_overwrite": False, "default_acl": None, "querystring_auth": True, **access}
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options},
    }
    yield client
    for entry in client.list_objects_v2(Bucket="course").get("Contents", []):
        client.delete_object(Bucket="course", Key=entry["Key"])
    client.delete_bucket(Bucket="course")
