"""The house rules that no reviewer should have to remember."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.apps import apps
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ["config", "review", "studio", "progress", "lessons", "courses", "dictionary", "cms", "media", "accounts"]


def test_imports_run_one_way():
    command = [str(Path(sys.executable).parent / "lint-imports"), "--config", "pyproject.toml", "--no-cache"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_there_is_no_room_for_leftovers():
    strays = [path for room in ROOMS for path in (ROOT / room).rglob("utils.py")]
    assert not strays, "Name the subject instead of utils.py."


def test_tests_mirror_the_rooms():
    named = {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and not path.name.startswith("_")}
    assert named <= {*ROOMS, "browser", "spelling", "vendor"}


@pytest.mark.parametrize(
    "room", ["review", "studio", "progress", "lessons", "courses", "dictionary", "cms", "media", "accounts"]
)
def test_every_model_says_what_a_row_is_and_whether_it_is_personal(room):
    for model in apps.get_app_config(room).get_models():
        if model.__module__.startswith(room) and not issubclass(model, apps.get_model("wagtailcore", "Page")):
            text = model.__doc__ or ""
            assert not text.startswith(f"{model.__name__}("), f"{model.__name__} has no docstring"
            assert "ersonal data" in text, f"{model.__name__} does not say whether it holds personal data"


def test_nothing_generated_and_no_secret_is_tracked():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    bad = [
        name
        for name in listed.stdout.split()
        if name.startswith("var/") or name.endswith((".pyc", ".sqlite3", ".mo", ".pem"))
    ]
    assert not bad


def test_pre_commit_runs_what_ci_runs():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    ci = (ROOT / ".ci/run").read_text()
    for hook in hooks:
        assert hook["entry"] in ci
