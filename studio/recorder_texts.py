"""What the recorder's scripts say, in the language of the page. `%(name)s` is filled in by them."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def recorder_texts() -> dict[str, str]:
    """Return the sentences by the names that the scripts know."""
    return _standing() | _faults() | _takes() | _microphone()


def _standing() -> dict[str, str]:
    return {
        "sent": _("Everything has been sent."),
        "waiting": _("Waiting to be sent: %(count)s"),
        "away": _("No connection. Safe on this device, waiting: %(count)s. Go on recording."),
        "signedOut": _("You are signed out. Safe on this device, waiting: %(count)s."),
        "refused": _("Not accepted: %(count)s"),
        "notLasting": _("This browser keeps nothing. Do not close this page before everything has been sent."),
        "full": _(
            "This device is full and could not keep the take. Make room, wait until all is sent, and record again."
        ),
        "loadFailed": _("The prompts could not be fetched. It is tried again by itself."),
    }


def _faults() -> dict[str, str]:
    return {
        "good": _("Good."),
        "quiet": _("Too quiet. Move closer to the microphone and say it again."),
        "clipped": _("Too loud: the sound is cut off. Move away a little and say it again."),
        "silent": _("Nothing can be heard. Check the microphone and say it again."),
        "long": _("Longer than 30 seconds. Say only what stands here."),
        "short": _("Too short. Press, say it, and only then press again."),
    }


def _takes() -> dict[str, str]:
    return {
        "position": _("%(number)s of %(total)s"),
        "record": _("Record"),
        "recordSlowly": _("Record slowly"),
        "stop": pgettext("recording", "Stop"),
        "again": _("Again"),
        "recording": _("Recording: %(seconds)s s"),
        "checking": _("One moment …"),
        "normal": _("normal pace"),
        "slow": _("slow pace"),
        "takeWaiting": _("waits to be sent"),
        "takeSent": _("sent"),
        "takeAccepted": _("accepted"),
        "takeRejected": _("rejected"),
        "takeFailed": _("could not be prepared"),
        "takeRefused": _("not accepted"),
        "listenTake": _("Listen"),
        "throwAway": _("Throw away"),
        "sendAgain": _("Send again"),
        "saveFile": _("Save as a file"),
        "refusedTake": _("The site has not accepted this take: %(said)s"),
        "refusedSkip": _("The site has not accepted that you skipped this: %(said)s"),
        "refusedFile": _("Record it again."),
        "refusedSpeaker": _("Ask the speaker, and open the speaker's page in the CMS. Until then nothing is sent."),
        "refusedGone": _(
            "The session is not there any more, or you may not record in it. Ask whoever runs the site; send it again."
        ),
        "notThrown": _("It could not be thrown away: %(said)s"),
        "noConnection": _("There is no connection."),
        "playFailed": _("It cannot be played now."),
        "waits": _("waits"),
        "recorded": _("recorded"),
        "skipped": _("skipped"),
        "skippedAs": _("Skipped: %(reason)s"),
        "not_said": _("we do not say this"),
        "differently": _("I say it differently"),
        "later": _("another time"),
        "chooseReason": _("Choose why it is skipped."),
        "writeForm": _("Write how the speaker says it."),
    }


def _microphone() -> dict[str, str]:
    return {
        "unsupported": _("This browser cannot record. Open the page in a new Chrome, Firefox, Edge or Safari."),
        "micRefused": _("The microphone is not allowed. Allow it in the browser beside the address, then press again."),
        "micNone": _("No microphone was found. Connect one and press again."),
        "hearMeaning": _("Hear the meaning"),
        "readMeaning": _("Read the meaning aloud to the speaker: this device has no Latvian voice."),
    }
