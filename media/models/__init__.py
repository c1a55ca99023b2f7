from media.models.consent import Consent, ConsentEvidence, ConsentText, Purpose
from media.models.images import CourseImage, CourseRendition
from media.models.recordings import Recording, Rendition
from media.models.settings import RecordingSettings
from media.models.speakers import Licence, Speaker
from media.models.traces import AccessLog, FileDeletion, VoiceWithdrawal
from media.models.varieties import Variety

__all__ = [
    "AccessLog",
    "Consent",
    "ConsentEvidence",
    "ConsentText",
    "CourseImage",
    "CourseRendition",
    "FileDeletion",
    "Licence",
    "Purpose",
    "Recording",
    "RecordingSettings",
    "Rendition",
    "Speaker",
    "Variety",
    "VoiceWithdrawal",
]
