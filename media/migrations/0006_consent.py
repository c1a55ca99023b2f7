"""Consents, their texts and evidence; what is left of files, of voices that were taken back, and who listened."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import media.models.consent
import media.storage


class Migration(migrations.Migration):
    dependencies = [
        ("media", "0005_review_of_what_is_there"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessLog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("original", "original recording"), ("evidence", "evidence of consent")],
                        max_length=8,
                        verbose_name="what",
                    ),
                ),
                ("subject", models.UUIDField(verbose_name="which")),
                ("accessed_at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="when")),
            ],
            options={
                "verbose_name": "access to private recordings",
                "verbose_name_plural": "access to private recordings",
                "ordering": ["-accessed_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("course", "in this course"),
                            ("download", "open download"),
                            ("research", "research on the language"),
                            ("training", "training of machines"),
                        ],
                        max_length=8,
                        verbose_name="purpose",
                    ),
                ),
                ("version", models.CharField(max_length=40, verbose_name="version of the consent text")),
                ("language", models.CharField(blank=True, max_length=3, verbose_name="language")),
                ("given_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="given on")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("withdrawn_on", models.DateField(blank=True, null=True, verbose_name="withdrawn on")),
            ],
            options={
                "verbose_name": "consent",
                "verbose_name_plural": "consents",
                "ordering": ["given_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ConsentEvidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "how",
                    models.CharField(
                        choices=[("spoken", "spoken yes, recorded"), ("signed", "signed form, scanned")],
                        max_length=6,
                        verbose_name="how",
                    ),
                ),
                (
                    "file",
                    models.FileField(
                        max_length=200,
                        storage=media.storage.private_storage,
                        upload_to=media.models.consent.evidence_path,
                        validators=[
                            django.core.validators.FileExtensionValidator(
                                ["pdf", "jpg", "jpeg", "png", "mp3", "m4a", "mp4", "wav", "ogg", "webm"]
                            )
                        ],
                        verbose_name="evidence of consent",
                    ),
                ),
                ("taken_at", models.DateTimeField(auto_now_add=True, verbose_name="taken at")),
            ],
            options={
                "verbose_name": "evidence of consent",
                "verbose_name_plural": "evidence of consent",
                "ordering": ["-taken_at", "-pk"],
                "permissions": [("fetch_evidence", "Can fetch evidence of consent")],
            },
        ),
        migrations.CreateModel(
            name="ConsentText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("course", "in this course"),
                            ("download", "open download"),
                            ("research", "research on the language"),
                            ("training", "training of machines"),
                        ],
                        max_length=8,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("lv", "Latvian"), ("en", "English"), ("rml", "Romani")],
                        default="lv",
                        help_text="A text in Romani waits for a native translator: enter none that nobody has checked.",
                        max_length=3,
                        verbose_name="language",
                    ),
                ),
                ("version", models.CharField(help_text="For example 2026-11.", max_length=40, verbose_name="version")),
                (
                    "text",
                    models.TextField(help_text="It is read aloud: plain words, short sentences.", verbose_name="text"),
                ),
                ("effective_on", models.DateField(default=django.utils.timezone.localdate, verbose_name="valid from")),
            ],
            options={
                "verbose_name": "consent text",
                "verbose_name_plural": "consent texts",
                "ordering": ["purpose", "language", "-effective_on"],
            },
        ),
        migrations.CreateModel(
            name="FileDeletion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("storage", models.CharField(max_length=20, verbose_name="storage")),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("due_at", models.DateTimeField(verbose_name="due at")),
                ("is_withdrawal", models.BooleanField(default=False, verbose_name="because a voice was taken back")),
            ],
            options={
                "verbose_name": "file to be deleted",
                "verbose_name_plural": "files to be deleted",
                "ordering": ["due_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="VoiceWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("withdrawn_at", models.DateTimeField(auto_now_add=True, verbose_name="taken back at")),
                ("takes", models.PositiveIntegerField(verbose_name="takes")),
            ],
            options={
                "verbose_name": "withdrawal of a voice",
                "verbose_name_plural": "withdrawals of voices",
                "ordering": ["-withdrawn_at", "-pk"],
            },
        ),
        migrations.AlterModelOptions(
            name="speaker",
            options={
                "ordering": ["label"],
                "permissions": [
                    ("fetch_original", "Can fetch recordings as they were uploaded"),
                    ("withdraw_voice", "Can delete a voice at the speaker's word"),
                ],
                "verbose_name": "speaker",
                "verbose_name_plural": "speakers",
            },
        ),
        migrations.AlterField(
            model_name="speaker",
            name="licence",
            field=models.CharField(
                choices=[
                    ("CC-BY-4.0", "CC BY 4.0"),
                    ("CC-BY-SA-4.0", "CC BY-SA 4.0"),
                    ("CC-BY-NC-4.0", "CC BY-NC 4.0"),
                    ("CC0-1.0", "CC0 1.0"),
                    ("course-only", "Only in this course"),
                ],
                default="course-only",
                help_text="What the speaker agreed to for open download; new recordings start with it.",
                max_length=20,
                verbose_name="licence",
            ),
        ),
        migrations.AddField(
            model_name="accesslog",
            name="user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="who",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="speaker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="consents",
                to="media.speaker",
                verbose_name="speaker",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="taken_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken by",
            ),
        ),
        migrations.AddField(
            model_name="consentevidence",
            name="speaker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="media.speaker"
            ),
        ),
        migrations.AddField(
            model_name="consentevidence",
            name="taken_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken by",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="evidence",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="consents",
                to="media.consentevidence",
                verbose_name="evidence of consent",
            ),
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.UniqueConstraint(
                fields=("purpose", "language", "version"), name="consent_text_once_per_version"
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="text",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consents",
                to="media.consenttext",
                verbose_name="consent text",
            ),
        ),
        migrations.AddIndex(
            model_name="filedeletion",
            index=models.Index(fields=["due_at"], name="file_deletion_due"),
        ),
        migrations.AddConstraint(
            model_name="filedeletion",
            constraint=models.UniqueConstraint(fields=("storage", "name"), name="file_deletion_once"),
        ),
        migrations.AddField(
            model_name="voicewithdrawal",
            name="done_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="done by",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on", None)), fields=("speaker", "purpose"), name="consent_one_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("version", ""), _negated=True), name="consent_names_its_text"
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("withdrawn_on", None), ("withdrawn_on__gte", models.F("given_on")), _connector="OR"
                ),
                name="consent_withdrawn_after_given",
            ),
        ),
    ]
