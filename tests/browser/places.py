"""One address of every type of page, and the people and attempts that they need."""

from dataclasses import dataclass
from typing import Any

from .running import RunningSite

LEARNER = "pages@example.lv"


@dataclass(frozen=True)
class Place:
    """A page to look at: its address, who looks, and what to do there first."""

    path: str
    signed_in: bool = False
    status: int = 200


def places(site: RunningSite, pages: dict[str, list[dict[str, Any]]]) -> dict[str, Place]:
    quiz = pages["lesson"][0]["quiz"]
    site.ask("person", LEARNER, "Ilze Ozola")
    states = ("begun", "judged", "passed", "failed")
    attempts = {state: site.ask("attempt_as", LEARNER, quiz, state) for state in states}
    taken = {state: Place(f"/tests/meginajums/{uuid}/", True) for state, uuid in attempts.items()}
    return {
        "home": Place("/"),
        "home in English": Place("/en/"),
        "content": Place(pages["content"][0]["path"]),
        "course": Place(pages["course"][0]["path"]),
        "course of a learner": Place(pages["course"][0]["path"], True),
        "module": Place(pages["module"][0]["path"]),
        "lesson": Place(pages["lesson"][0]["path"]),
        "lesson of a learner": Place(pages["lesson"][0]["path"], True),
        "exercise": Place(f"/vingrinajumi/{site.ask('exercise', 'dialogue')}/"),
        "test": Place(pages["test"][0]["path"]),
        "quiz": Place(f"/tests/{quiz}/"),
        "quiz of a learner": Place(f"/tests/{quiz}/", True),
        "question": taken["begun"],
        "verdict": Place(f"{taken['judged'].path}#q1", True),
        "result passed": taken["passed"],
        "result not passed": taken["failed"],
        "dictionary": Place(pages["dictionary"][0]["path"]),
        "dictionary search": Place(f"{pages['dictionary'][0]['path']}?q=lačho"),
        "dictionary letter": Place(f"{pages['dictionary'][0]['path']}?by=latvian&letter=k"),
        "dictionary proposals": Place(f"{pages['dictionary'][0]['path']}?q=durvs"),
        "phrasebook": Place("/sarunvardnica/"),
        "situation": Place("/sarunvardnica/pie-durvim/"),
        "families": Place("/gimenem/"),
        "sheet": Place("/gimenem/skola-un-sagatavosana/"),
        "entry": Place(f"{pages['dictionary'][0]['path']}rl0564/"),
        "search": Place("/meklet/?q=romni"),
        "sign-in": Place("/accounts/login/"),
        "sign-up": Place("/accounts/signup/"),
        "profile": Place("/accounts/profile/", True),
        "404": Place("/tadas-lapas-nav/", status=404),
    }


# The names of `places`, known before the site runs: a test each.
NAMES = (
    """
    home, home in English, content, course, course of a learner, module, lesson, lesson of a learner, exercise, test,
    quiz, quiz of a learner, question, verdict, result passed, result not passed,
    dictionary, dictionary search, dictionary letter, dictionary proposals, phrasebook, situation, families, sheet,
    entry, search, sign-in, sign-up, profile, 404
""".replace("\n    ", " ")
    .strip()
    .split(", ")
)
