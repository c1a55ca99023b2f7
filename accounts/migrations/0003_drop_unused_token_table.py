"""Drop the token table that knox made before it learned of ours (KNOX_TOKEN_MODEL).

It stays empty for ever, and keeps PostgreSQL from emptying the table of accounts that it refers to.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_groups"), ("knox", "0009_extend_authtoken_field")]

    operations = [migrations.RunSQL("DROP TABLE IF EXISTS knox_authtoken", migrations.RunSQL.noop)]
