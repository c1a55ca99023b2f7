"""Settings from the environment: a wrong one stops the start and names itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config import env


@pytest.fixture(autouse=True)
def own_list(monkeypatch):
    """Keep the variables made up here out of the list that the docs are compared with."""
    monkeypatch.setattr(env, "_known", dict(env._known))


@pytest.mark.parametrize(
    ("read", "value"),
    [
        (lambda: env.env_int("X_VALUE", 1, least=1), "0"),
        (lambda: env.env_int("X_VALUE", 1), "many"),
        (lambda: env.env_bool("X_VALUE", False), "perhaps"),
        (lambda: env.env_choice("X_VALUE", "a", ("a", "b")), "c"),
        (lambda: env.env_url("X_VALUE", "", ("https",)), "ftp://x"),
    ],
)
def test_a_wrong_value_is_refused_by_name(monkeypatch, read, value):
    monkeypatch.setenv("X_VALUE", value)
    with pytest.raises(ImproperlyConfigured, match="X_VALUE"):
        read()


def test_a_secret_has_no_working_default(monkeypatch, tmp_path):
    monkeypatch.delenv("X_SECRET", raising=False)
    with pytest.raises(ImproperlyConfigured, match="X_SECRET"):
        env.env_secret("X_SECRET")
    monkeypatch.setenv("X_SECRET", "short")
    with pytest.raises(ImproperlyConfigured, match="X_SECRET"):
        env.env_secret("X_SECRET")
    (tmp_path / "key").write_text("k" * 40)
    monkeypatch.delenv("X_SECRET")
    assert env.env_secret("X_SECRET", tmp_path / "key") == "k" * 40


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://x"),
        ("CACHE_URL", "memcached://x"),
        ("BASE_URL", "kurss.lv"),
        ("AUDIO_DELIVERY", "pigeon"),
        ("EMAIL_URL", "smtp://"),
        ("OIDC_SERVER_URL", "https://login.example"),
        ("LOG_LEVEL", "LOUD"),
        ("SECRET_KEY", "short"),
    ],
)
def test_the_start_stops_and_names_the_variable(name, value, tmp_path):
    environment = {key: text for key, text in os.environ.items() if key not in ("DATABASE_URL", "CACHE_URL")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "VAR_DIR": str(tmp_path),
        "SECRET_KEY": "s" * 50,
        name: value,
    }
    command = [sys.executable, "manage.py", "check"]
    result = subprocess.run(command, cwd=Path(settings.BASE_DIR), env=environment, capture_output=True, text=True)
    assert result.returncode != 0
    expected = "OIDC_CLIENT_ID" if name == "OIDC_SERVER_URL" else name
    assert expected in result.stderr.strip().splitlines()[-1]


def test_the_start_in_one_process_says_only_what_is_wrong(tmp_path):
    environment = {**os.environ, "VAR_DIR": str(tmp_path), "SECRET_KEY": "s" * 50, "CACHE_URL": "memcached://x"}
    environment["DJANGO_SETTINGS_MODULE"] = "config.settings.production"
    command = [sys.executable, "-m", "config.prepare"]
    result = subprocess.run(command, cwd=Path(settings.BASE_DIR), env=environment, capture_output=True, text=True)
    assert result.returncode == 1
    (line,) = result.stderr.strip().splitlines()
    assert line.startswith("CACHE_URL")
