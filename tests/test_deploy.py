"""What deploy/ says fits the site: the web server's rules, the units' commands, the backup."""

import os
import re
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from cms.files import PUBLIC_FOLDERS
from media import audio
from media.views import _by_web_server

ROOT = Path(settings.BASE_DIR)
SITE = (ROOT / "deploy/nginx/pamatkurss.conf").read_text(encoding="utf-8")
UNITS = sorted((ROOT / "deploy/systemd").iterdir())


def test_the_web_server_offers_the_same_folders_as_the_site():
    folders = re.search(r"location ~ \^/files/\(\?<picture>\(\?:([\w|]+)\)", SITE)
    assert folders is not None
    assert set(folders[1].split("|")) == PUBLIC_FOLDERS
    assert "location /files/ { return 404; }" in SITE


def test_sound_goes_through_an_internal_address_only():
    class Rendition:
        content_type = "audio/mpeg"

        class file:
            name = "audio/ab/cd.mp3"

    told = _by_web_server(Rendition())["X-Accel-Redirect"]
    block = re.search(r"location (/\w+/) \{\s+internal;\s+alias \S+/files/;", SITE)
    assert block is not None
    assert told == f"{block[1]}audio/ab/cd.mp3"


def test_the_web_server_lets_the_largest_recording_through():
    sizes = [int(size) * 1024 * 1024 for size in re.findall(r"client_max_body_size (\d+)m;", SITE)]
    assert max(sizes) > audio.MAX_BYTES
    assert sorted(sizes)[0] > 256 * 1024


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.stem)
def test_units_call_commands_that_exist(unit):
    text = unit.read_text(encoding="utf-8")
    called = re.findall(r"manage\.py (\w+)", text)
    assert set(called) <= set(get_commands())
    assert called or "gunicorn config.wsgi" in text
    assert "EnvironmentFile=/etc/pamatkurss.env" in text
    assert "DJANGO_SETTINGS_MODULE=config.settings.production" in text


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit.suffix == ".timer"], ids=lambda unit: unit.stem)
def test_each_timer_has_its_service(unit):
    assert unit.with_suffix(".service").exists()


def back_up(target: Path, var: Path, **more: str) -> subprocess.CompletedProcess:
    environment = {key: text for key, text in os.environ.items() if key not in ("DATABASE_URL", "S3_BUCKET")}
    environment |= {"BACKUP_DIR": str(target), "VAR_DIR": str(var), "PYTHON": sys.executable, **more}
    return subprocess.run([ROOT / "deploy/backup"], env=environment, capture_output=True, text=True)


@pytest.fixture
def var(tmp_path):
    folder = tmp_path / "var"
    (folder / "files/audio").mkdir(parents=True)
    (folder / "private/consent").mkdir(parents=True)
    (folder / "cache").mkdir()
    (folder / "files/audio/one.opus").write_bytes(b"sound")
    (folder / "private/consent/one.pdf").write_bytes(b"yes")
    (folder / "secret_key").write_text("k" * 50)
    return folder


def test_a_backup_in_the_middle_of_writes_holds_all_that_is_committed(tmp_path, var):
    live = sqlite3.connect(var / "db.sqlite3", isolation_level=None)
    live.execute("PRAGMA journal_mode=WAL")
    live.execute("CREATE TABLE answer (text)")
    live.execute("INSERT INTO answer VALUES ('lačho')")
    live.execute("BEGIN IMMEDIATE")
    live.execute("INSERT INTO answer VALUES ('not yet')")
    done = back_up(tmp_path / "backups", var)
    assert done.returncode == 0, done.stderr
    (folder,) = (tmp_path / "backups").iterdir()
    assert sqlite3.connect(folder / "db.sqlite3").execute("SELECT text FROM answer").fetchall() == [("lačho",)]
    with tarfile.open(folder / "files.tar.gz") as files:
        names = {member.name for member in files.getmembers() if member.isfile()}
    assert names == {"files/audio/one.opus", "private/consent/one.pdf", "secret_key"}
    assert (folder / "db.sqlite3").stat().st_mode & 0o077 == 0
    live.close()


def test_a_failed_backup_says_so_and_leaves_no_folder_that_looks_whole(tmp_path, var):
    (var / "db.sqlite3").write_bytes(b"this is no database" * 100)
    assert back_up(tmp_path / "backups", var).returncode != 0
    assert [path for path in (tmp_path / "backups").iterdir() if path.suffix != ".part"] == []


def test_only_old_backups_are_dropped(tmp_path, var):
    sqlite3.connect(var / "db.sqlite3").execute("CREATE TABLE answer (text)")
    old, young, foreign = (
        tmp_path / "backups" / name for name in ("2020-01-01T00-00-00Z", "2026-01-01T00-00-00Z", "photos")
    )
    for folder in (old, young, foreign):
        folder.mkdir(parents=True)
    for folder in (old, foreign):
        os.utime(folder, (0, 0))
    done = back_up(tmp_path / "backups", var)
    assert done.returncode == 0, done.stderr
    assert not old.exists()
    assert young.exists()
    assert foreign.exists()
