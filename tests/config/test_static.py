"""Static files: every room's own have hashed names inside its scripts too."""

from django.conf import settings

from config.storage import OURS


def test_the_scripts_of_every_room_are_rewritten():
    """Else a new version of a script meets old ones that a browser has kept."""
    rooms = {f"{folder.parent.name}/" for folder in settings.BASE_DIR.glob("*/static")}
    assert {"cms/", "studio/"} <= rooms <= set(OURS)
