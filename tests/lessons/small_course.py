"""The first module of the starter course with the whole dictionary: loads in a fraction of the time."""

import csv
import re
import shutil
from pathlib import Path

import yaml
from django.conf import settings

CONTENT = Path(settings.BASE_DIR) / "content"
KEPT = ("lessons/01-sveiki", "lessons/02-es-un-tu", "lessons/03-nesaprotu", "tests/module-1.yaml", "pages", "sheets")
PICTURED = ("maja", "suns")
"""Pictures of words that the small course keeps."""
TABLES = ("lexicon.csv", "phrases.csv", "forms.csv", "protected_pairs.csv", "spelling_rules.csv", "themes.csv")


def small_course(target: Path) -> Path:
    """Write the small course to a new folder and return it."""
    for name in (*TABLES, "sources.csv", *KEPT, "images"):
        source = CONTENT / name
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target / name) if source.is_dir() else shutil.copy(source, target / name)
    outline = yaml.safe_load((CONTENT / "course.yaml").read_text())
    outline["modules"] = outline["modules"][:1]
    del outline["course"]["test"]
    text = yaml.safe_dump(outline, allow_unicode=True, sort_keys=False, width=100)
    (target / "course.yaml").write_text(text)
    _copy_sounds(target)
    _forget_pictures(target)
    return target


def _copy_sounds(target: Path) -> None:
    """Take the recordings that the kept files name."""
    texts = "".join(path.read_text() for path in target.rglob("*.yaml"))
    named = set(re.findall(r"\b(?:rl|ph)\d{4}\b", texts))
    with (CONTENT / "audio/recordings.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["item"] in named]
    (target / "audio").mkdir()
    with (target / "audio/recordings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    for row in rows:
        for suffix in ("opus", "mp3"):
            shutil.copy(CONTENT / f"audio/{row['file']}.{suffix}", target / "audio")


def _forget_pictures(target: Path) -> None:
    """Leave out pictures that no kept file shows, and of the words' own all but two: an export writes what is shown."""
    texts = "".join(path.read_text() for path in target.rglob("*.yaml"))
    table = target / "images/images.csv"
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = [row for row in rows if row["image"] in PICTURED or (not row["entries"] and row["image"] in texts)]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
    names = {row["file"] for row in kept}
    for path in (target / "images").iterdir():
        if path.suffix != ".csv" and path.name not in names:
            path.unlink()
