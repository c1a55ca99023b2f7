"""How accounts are made in code."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

if TYPE_CHECKING:
    from accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Accounts have an e-mail address instead of a user name."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return a saved account; without a password nobody can sign in to it until one is set."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Return an account that may do everything."""
        if fields.setdefault("is_superuser", True) is not True:
            raise ValueError("A superuser must have is_superuser=True.")
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        # The field folds case, so an exact lookup finds the account and uses the index.
        return self.get(email=username)
