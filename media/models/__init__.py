from media.models.images import CourseImage, CourseRendition
from media.models.recordings import Recording, Rendition
from media.models.settings import RecordingSettings
from media.models.speakers import Licence, Speaker
from media.models.varieties import Variety

__all__ = [
    "CourseImage",
    "CourseRendition",
    "Licence",
    "Recording",
    "RecordingSettings",
    "Rendition",
    "Speaker",
    "Variety",
]
