"""Reviewers and what they say, for tests of sign-offs."""

from django.contrib.auth.models import Group, Permission

from accounts.models import User
from dictionary import reviewing
from dictionary.signed import token_of


def reviewer(name="Zane", *, signs_as=None, language="en"):
    """Somebody who may enter the CMS and sign words, and nothing else. `signs_as` empty: without a name."""
    user = User.objects.create_user(f"{name.split()[0].lower()}@pamatkurss.example", name=name, language=language)
    for app, codename in (("wagtailadmin", "access_admin"), ("dictionary", "add_signoff")):
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    if signs_as is not None:
        mode = "pseudonym" if signs_as else "unnamed"
        reviewing.set_profile(user=user, mode=mode, pseudonym=signs_as)
    return user


def member(group, name="Edgars", language="en"):
    user = User.objects.create_user(f"{name.lower()}@pamatkurss.example", name=name, language=language)
    user.groups.add(Group.objects.get(name=group))
    return user


def sign(entry, by, verdict="right", **more):
    """Sign the entry as it stands now."""
    entry.refresh_from_db()
    fresh = type(entry).objects.get(pk=entry.pk)
    made = reviewing.sign_off(entry=fresh, by=by, verdict=verdict, seen=token_of(fresh), **more)
    entry.refresh_from_db()
    return made
