"""What this room tells those above it, without knowing who listens."""

from django.dispatch import Signal

heard_changed = Signal()
"""Recordings became audible to learners, or ceased to be. Sent in the transaction, with `recordings`: their keys."""

voice_withdrawn = Signal()
"""A speaker takes the voice back. Sent in the transaction, before anything is deleted, with `speaker` and
`recordings`: the keys of all takes, which are gone when the transaction is over."""

losses_asked = Signal()
"""What would be lost with these `recordings` (keys)? Each receiver returns a list of `media.withdrawal.Loss`."""
