"""Exercises of the types that set a scene: to speak, to choose what to say, to find in a picture."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Drawing

from media.models import CourseImage
from tests.lessons.building import exercise, word


def drawing(title="Istaba", description="Istaba: pie galda sēž vīrietis, pie durvīm stāv sieviete."):
    """Return an image of the course."""
    file = io.BytesIO()
    Drawing.new("RGB", (1200, 800), "#7db0e0").save(file, "png")
    file.seek(0)
    upload = SimpleUploadedFile("istaba.png", file.read(), content_type="image/png")
    return CourseImage.objects.create(title=title, file=upload, description=description, width=1200, height=800)


def speak(text="lačho dīs", **value):
    return exercise("speak", item=text, **value)


def reply(said=None, done="", *, fits=False, then="Viņa paskatās.", respect="", **value):
    """One choice: a word that is said, or what is done instead."""
    return {
        "entry": word(said).pk if said else None,
        "action_lv": done,
        "is_fitting": fits,
        "consequence_lv": then,
        "respect_lv": respect,
        **value,
    }


def turns():
    """Two turns: a greeting at the door, and a thank-you at the end."""
    greeting = [
        reply(
            "lačho dīs",
            fits=True,
            then="Viņa atsveicinās un atver durvis",
            consequence_en="She greets you back and lets you in",
            respect="Vispirms sveicina, tad runā par darbu.",
            respect_en="First one greets, then one talks of work.",
        ),
        reply(
            done="Uzreiz parādīt dokumentus",
            action_en="Show the papers at once",
            then="Viņa atkāpjas.",
            consequence_en="She steps back.",
        ),
        reply("na", then="Viņa nesaprot."),
    ]
    thanks = [
        reply("najis-ta", fits=True, then="Viņa pasmaida."),
        reply("raj", then="Viņa brīnās."),
    ]
    return [
        {"told_lv": "Durvis atver sieviete.", "told_en": "A woman opens the door.", "replies": greeting},
        {"line": word("ami").pk, "told_lv": "", "replies": thanks},
    ]


def dialogue(**value):
    scene = {"scene_lv": "Jūs ierodaties mājas vizītē.", "scene_en": "You come for a home visit."}
    return exercise("dialogue", **(scene | {"turns": turns()} | value))


def areas():
    return [
        {"text_lv": "vīrietis pie galda", "text_en": "a man at the table", "x": 0, "y": 20, "width": 30, "height": 60,
         "is_right": True},
        {"text_lv": "sieviete pie durvīm", "text_en": "a woman at the door", "x": 60, "y": 10, "width": 25,
         "height": 80, "is_right": False},
        {"text_lv": "krūze", "text_en": "a mug", "x": 5, "y": 30, "width": 10, "height": 10, "is_right": False},
    ]  # fmt: skip


def picture(image=None, **value):
    given = {"image": (image or drawing()).pk, "item": "raj", "mode": "listen", "areas": areas()}
    return exercise("picture", **(given | value))
