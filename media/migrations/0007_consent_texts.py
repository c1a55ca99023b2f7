"""The first wordings, drafts of ours that a lawyer should read; who takes consents and takes voices back."""

from datetime import date

from django.db import migrations

from accounts import roles

VERSION, SINCE = "2026-11", date(2026, 11, 1)
TEXTS = {
    ("course", "lv"): """\
Mēs veidojam bezmaksas kursu. Tajā skolotāji un sociālie darbinieki mācās romu valodu.
Mēs vēlamies ierakstīt jūsu balsi, lai viņi dzirdētu, kā vārdus saka.
Ieraksti būs internetā, šajā kursā. Tos var klausīties ikviens.
Jūsu vārdu rādīsim tikai tad, ja jūs to vēlaties.
Jūs varat teikt „nē”. Neko sliktu tas jums nenesīs.
Jūs varat pārdomāt jebkurā dienā. Tad mēs izdzēsīsim visus jūsu ierakstus. Iemesls nav jāsaka.
Ja kāds ierakstu jau ir saglabājis savā ierīcē, no turienes mēs to izdzēst nevaram.
Vai jūs piekrītat, ka jūsu balss skan šajā kursā?""",
    ("download", "lv"): """\
Citi cilvēki var vēlēties jūsu ierakstus lejupielādēt un izmantot savā darbā, piemēram, skolā vai vārdnīcā.
Viņiem jāievēro noteikumi, ko sauc par licenci. Tos mēs jums tūlīt izstāstīsim.
Ko citi jau ir lejupielādējuši, to mēs izdzēst nevaram.
Vai jūs piekrītat, ka citi drīkst jūsu ierakstus lejupielādēt un izmantot?""",
    ("research", "lv"): """\
Valodas pētnieki klausās, kā cilvēki runā, un par to raksta.
Jūsu vārdu viņi neuzzinās, ja jūs to nevēlaties.
Vai jūs piekrītat, ka pētnieki izmanto jūsu ierakstus?""",
    ("training", "lv"): """\
Ar ierakstiem var mācīt datorus saprast runu un runāt. Tad dators var iemācīties runāt līdzīgi jums.
Ko dators jau ir iemācījies, to vairs nevar izdzēst.
Vai jūs piekrītat, ka ar jūsu balsi māca datorus?""",
    ("course", "en"): """\
We are making a free course. In it, teachers and social workers learn Romani.
We would like to record your voice, so that they hear how the words are said.
The recordings will be on the internet, in this course. Everybody can listen to them.
We show your name only if you want us to.
You may say no. Nothing bad comes of it.
You may change your mind on any day. Then we delete all your recordings. You need not say why.
If somebody has saved a recording on a device of their own, we cannot delete it there.
Do you agree that your voice is heard in this course?""",
    ("download", "en"): """\
Other people may want to download your recordings and use them in their work, for example in a school or a dictionary.
They must keep to rules that are called a licence. We will tell you these rules now.
What others have downloaded already, we cannot delete.
Do you agree that others may download and use your recordings?""",
    ("research", "en"): """\
People who study languages listen to how others speak, and write about it.
They will not learn your name unless you want them to.
Do you agree that researchers use your recordings?""",
    ("training", "en"): """\
Recordings can be used to teach computers to understand speech and to speak.
A computer may then learn to speak as you do.
What a computer has learned already can no longer be deleted.
Do you agree that computers are taught with your voice?""",
}


def seed(apps, schema_editor):
    texts = apps.get_model("media", "ConsentText").objects
    for (purpose, language), text in TEXTS.items():
        texts.get_or_create(
            purpose=purpose, language=language, version=VERSION, defaults={"text": text, "effective_on": SINCE}
        )


def unseed(apps, schema_editor):
    apps.get_model("media", "ConsentText").objects.filter(version=VERSION, consents=None).delete()


class Migration(migrations.Migration):
    dependencies = [("media", "0006_consent"), ("accounts", "0002_groups")]

    operations = [
        migrations.RunPython(seed, unseed),
        roles.rights(
            [
                (roles.AUTHORS, "media", "consent", ["add", "view"]),
                (roles.AUTHORS, "media", "consenttext", ["view"]),
                (roles.ADMINISTRATORS, "media", "consent", ["add", "view"]),
                (roles.ADMINISTRATORS, "media", "consenttext", ["add", "change", "delete", "view"]),
                (roles.ADMINISTRATORS, "media", "consentevidence", ["fetch_evidence"]),
                (roles.ADMINISTRATORS, "media", "speaker", ["fetch_original", "withdraw_voice"]),
                (roles.ADMINISTRATORS, "media", "accesslog", ["view"]),
            ]
        ),
    ]
