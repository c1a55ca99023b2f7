"""Production settings with one address more: a bare view to measure against.

No throttling: it is not what is measured.
"""

from config.settings.production import *

ROOT_URLCONF = "bench.urls"
REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
