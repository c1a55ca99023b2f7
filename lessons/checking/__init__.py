"""The judge of a course: is every Romani word accounted for, and is every lesson what the plan promises?

`course` says what is judged, `reading` takes it from the files or the database; `romani` (pure) finds and resolves
Romani in texts; `words`, `teaching` and `gaps` hold the rules; `report` runs them. `manage.py check_course` prints it.
"""
