"""What six hundred uploaded files cost in memory: `python -m bench.uploads`.

Sends files to the real address, one request each, in a database of its own, matches and places them (all but the
renditions, which have bounds of their own), and prints how the memory of the process stands after 60 and after 600.
"""

import os
import re
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

COUNTS = (60, 600)
SECONDS = 4.0


def resident() -> float:
    """Return the memory that this process holds, in megabytes."""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024  # type: ignore[union-attr]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.runner import DiscoverRunner
    from django.test.utils import setup_test_environment

    setup_test_environment()
    # A file: kept in memory, the rows themselves would be measured.
    connection.settings_dict["TEST"]["NAME"] = str(settings.VAR_DIR / "bench.sqlite3")
    runner = DiscoverRunner(verbosity=0)
    databases = runner.setup_databases()
    try:
        measure()
    finally:
        runner.teardown_databases(databases)


def measure() -> None:
    from django.test import Client
    from django.urls import reverse
    from django.utils import timezone

    from accounts.models import User
    from dictionary.models import Entry
    from media.models import Speaker, Variety
    from studio import assigning, uploads
    from studio.placing import place_some
    from studio.steps import Step
    from tests.making import make_theme, without_indexes
    from tests.media import sounds

    user = User.objects.create_superuser(email="bench@example.org", password=None)
    variety = Variety.objects.get(code="latvian")
    speaker = Speaker.objects.create(
        label="Bench", variety=variety, consent_given_on=timezone.localdate(), consent_text_version="1"
    )
    theme = make_theme()
    Entry.objects.bulk_create(
        Entry(code=f"w{n:04d}", text=f"rom {n}", key=f"rom {n}", variety=variety, theme=theme)
        for n in range(sum(COUNTS))
    )
    entries = list(Entry.objects.filter(code__startswith="w").order_by("code").values_list("pk", flat=True))
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    sound = bytearray(sounds.wav(SECONDS))
    print(f"{'files':>6}{'MB before':>11}{'MB after':>10}{'growth':>8}{'ms per upload':>15}{'ms per placing':>16}")
    with ExitStack() as stack:
        stack.enter_context(without_indexes())
        stack.enter_context(patch("media.services.make_renditions"))
        stack.enter_context(patch("studio.uploads.place_uploads"))
        for count in COUNTS:
            batch = uploads.start_batch(speaker=speaker, variety=variety, entries=entries, by=user)
            address = reverse("studio_upload_file", args=[batch.uuid])
            before, begun = resident(), time.perf_counter()
            for n in range(count):
                # Each file differs from every other, of this round and of the one before.
                sound[100:104] = (count * 1000 + n).to_bytes(4, "little")
                kind, headers = "application/octet-stream", {"X-Upload-Name": f"w{n:04d}.wav"}
                reply = client.post(address, bytes(sound), content_type=kind, headers=headers)
                assert reply.json()["fault"] == "", reply.content
            sent = time.perf_counter()
            assigning.match_batch(batch=batch, matched_by="name")
            assert uploads.confirm(batch=batch) == count
            while place_some(batch.pk) is Step.MORE:
                pass
            placed = time.perf_counter()
            assert batch.sounds.filter(state="placed").count() == count
            after = resident()
            each = [(sent - begun) / count * 1000, (placed - sent) / count * 1000]
            print(
                f"{count:6}{before:11.1f}{after:10.1f}{after - before:8.1f}{each[0]:15.1f}{each[1]:16.1f}", flush=True
            )


if __name__ == "__main__":
    sys.exit(main())
