"""The courses as a Django app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from accounts import personal_data

        from .models import Enrollment

        personal_data.register(
            "enrolments",
            export=lambda user: [
                {"course": str(row.course_key), "enrolled_at": row.enrolled_at.isoformat()}
                for row in Enrollment.objects.filter(user=user)
            ],
            erase=lambda user: Enrollment.objects.filter(user=user).delete(),
        )
