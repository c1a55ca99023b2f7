"""The addresses of uploads below /admin/studio/uploads/."""

from django.urls import path

from studio import check_views, long_views, upload_views

ONE = "studio/uploads/<uuid:uuid>/"

urlpatterns = [
    path("studio/uploads/", upload_views.start, name="studio_upload"),
    path(ONE, upload_views.files, name="studio_upload_files"),
    path(f"{ONE}file/", upload_views.receive, name="studio_upload_file"),
    path(f"{ONE}match/", check_views.match, name="studio_upload_match"),
    path(f"{ONE}check/", check_views.check, name="studio_upload_check"),
    path(f"{ONE}confirm/", upload_views.confirm, name="studio_upload_confirm"),
    path(f"{ONE}progress/", upload_views.progress, name="studio_upload_progress"),
    path(f"{ONE}retry/", upload_views.retry, name="studio_upload_retry"),
    path(f"{ONE}discard/", upload_views.discard, name="studio_upload_discard"),
    path(f"{ONE}sounds/<uuid:sound>/", upload_views.sound, name="studio_upload_sound"),
    path(f"{ONE}long/", long_views.send, name="studio_upload_long"),
    path(f"{ONE}long/begin/", long_views.begin, name="studio_upload_long_begin"),
    path(f"{ONE}long/parts/<int:number>/", long_views.part, name="studio_upload_long_part"),
    path(f"{ONE}long/finish/", long_views.finish, name="studio_upload_long_finish"),
    path(f"{ONE}long/sound/", long_views.listen, name="studio_upload_long_sound"),
    path(f"{ONE}long/levels/", long_views.levels, name="studio_upload_levels"),
    path(f"{ONE}cut/", long_views.cut, name="studio_upload_cut"),
    path(f"{ONE}cut/again/", long_views.anew, name="studio_upload_cut_again"),
]
