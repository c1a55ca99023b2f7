"""Pages of the account beside those of django-allauth."""

urlpatterns: list = []
