"""Production settings with two addresses more, to measure against: a bare view and a bare INSERT.

No throttling: it is not what is measured.
"""

from config.settings.production import *

ROOT_URLCONF = "bench.urls"
REST_FRAMEWORK["DEFAULT_THROTTLE_CLASSES"] = []
