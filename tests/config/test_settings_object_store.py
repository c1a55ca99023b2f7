"""What an object store means for the content policy: its pictures and its sound must not be blocked."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SHOW = """
import json
from django.conf import settings
print(json.dumps(settings.CONTENT_SECURITY_POLICY["DIRECTIVES"], default=str))
"""


def directives(tmp_path, **variables: str) -> dict[str, list[str]]:
    environment = {key: text for key, text in os.environ.items() if key not in ("DATABASE_URL", "CACHE_URL")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "k" * 50,
        **variables,
    }
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", SHOW], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("variables", "pictures", "sound"),
    [
        ({}, False, False),
        ({"S3_BUCKET": "kurss", "S3_ENDPOINT": "https://s3.example.lv/"}, True, False),
        ({"S3_BUCKET": "kurss", "S3_ENDPOINT": "https://s3.example.lv", "AUDIO_DELIVERY": "redirect"}, True, True),
    ],
)
def test_pages_may_load_what_the_store_serves_and_no_more(tmp_path, variables, pictures, sound):
    found = directives(tmp_path, **variables)
    assert ("https://s3.example.lv" in found["img-src"]) is pictures
    assert ("https://s3.example.lv" in found["media-src"]) is sound
    assert found["script-src"] == found["style-src"] == ["'self'"]
