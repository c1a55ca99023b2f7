"""Static files: every room's own have hashed names inside its scripts too."""

from django.apps import apps
from django.conf import settings

from config.storage import OURS


def test_the_scripts_of_every_room_are_rewritten():
    """Else a new version of a script meets old ones that a browser has kept."""
    rooms = {f"{app.label}/" for app in apps.get_app_configs() if (settings.BASE_DIR / app.label / "static").is_dir()}
    assert {"cms/", "studio/"} <= rooms <= set(OURS)
