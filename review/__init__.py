"""The native reviewers' room: what waits for them, in one place, made for a phone."""
