"""What this room tells those above it, without knowing who listens."""

from django.dispatch import Signal

heard_changed = Signal()
"""Recordings became audible to learners, or ceased to be. Sent in the transaction, with `recordings`: their keys."""
