"""What must hold whichever way a row is written: by our pages, the CMS, allauth or a script."""

from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.users.models import UserProfile

from accounts import personal_data
from accounts.models import ApiToken, User
from accounts.work_accounts import minimal


@receiver(pre_delete, sender=User)
def erase_what_apps_keep(instance: User, **kwargs: Any) -> None:
    personal_data.erase_all(instance)


@receiver(pre_save, sender=SocialAccount)
def keep_no_more_than_needed(instance: SocialAccount, **kwargs: Any) -> None:
    instance.extra_data = minimal(instance.extra_data)


@receiver(password_changed)
@receiver(password_reset)
def end_keys(user: User, **kwargs: Any) -> None:
    """A new password ends other sessions by itself; keys of programs must end with them."""
    ApiToken.objects.filter(user=user).delete()


# A person has one language. The CMS keeps its own copy of it: whichever is changed, the other follows.


@receiver(post_save, sender=User)
def tell_desk_the_language(instance: User, update_fields: Any = None, **kwargs: Any) -> None:
    if update_fields is None or "language" in update_fields:
        UserProfile.objects.filter(user=instance).update(preferred_language=instance.language)


@receiver(pre_save, sender=UserProfile)
def take_language_from_account(instance: UserProfile, **kwargs: Any) -> None:
    if not instance.preferred_language:
        instance.preferred_language = instance.user.language


@receiver(user_logged_in)
def give_staff_a_desk_profile(user: User, **kwargs: Any) -> None:
    """The CMS asks only a profile for its language, and makes one late; until then it would speak Latvian."""
    if user.language != settings.LANGUAGE_CODE and user.is_staff:
        UserProfile.get_for_user(user)


@receiver(post_save, sender=UserProfile)
def tell_account_the_language(instance: UserProfile, update_fields: Any = None, **kwargs: Any) -> None:
    if update_fields is None or "preferred_language" in update_fields:
        User.objects.filter(pk=instance.user_id).update(language=instance.preferred_language)
