"""Gunicorn: threads suit a site that waits for its database; memory is given back now and then."""

import os

worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 60
graceful_timeout = 15
keepalive = 15
max_requests = 20_000
max_requests_jitter = 2_000
accesslog = "-" if os.environ.get("ACCESS_LOG") == "1" else None
errorlog = "-"
loglevel = "warning"
preload_app = False
limit_request_line = 8190
