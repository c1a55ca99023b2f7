"""What the guide “Kā uzrakstīt nodarbību” needs of a site: its author, and a dictionary that lacks its word."""

from collections.abc import Iterator
from contextlib import contextmanager

from .running import RunningSite

GUIDE = "uzraksti-nodarbibu"
AUTHOR = "author@pamatkurss.example"
WORD, LESSON = "bakri", "Pagalma dzīvnieki"


def author(site: RunningSite) -> dict[str, str]:
    """Return what only the reader knows, by the words with which the guide asks for it."""
    return {"savu e-pasta adresi": AUTHOR, "savu paroli": site.password(AUTHOR)}


@contextmanager
def made_ready(site: RunningSite) -> Iterator[None]:
    """Take the word away that the guide adds; at the end have everything as it was, whatever was made meanwhile."""
    kept = site.ask("take_word_away", WORD)
    try:
        yield
    finally:
        site.ask("take_lesson_away", LESSON)
        site.ask("put_word_back", WORD, kept)
