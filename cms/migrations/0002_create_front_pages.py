"""Give a new site its front page in both languages, so that it opens with something true.

Romani words and their recordings come with the course content, never from here.
"""

import json
import uuid

from django.db import migrations
from django.utils import timezone

PAGES = {
    "lv": {
        "title": "Romu valodas pamatkurss",
        "slug": "sakums",
        "menu_title": "Sākums",
        "heading": "Saprast ģimeni tās valodā",
        "introduction": "Latvijas romu valodas pamatkurss skolotājiem, sociālajiem darbiniekiem un ekspertiem.",
        "paths": [
            ("Skolā", "Bērns sāk mācības un pagaidām runā tikai romu valodā."),
            ("Mājas vizītē", "Saprotiet, vai jūs aicina iekšā, sēsties vai gaidīt."),
            ("Iestādē", "Papīri, pieraksts, vienošanās – pa vienam vārdam."),
        ],
        "how_heading": "Vispirms saprast, tad runāt",
        "how_text": "Katra nodarbība sākas ar klausīšanos. Lasīt, teikt un rakstīt mācāties pēc tam – savā laikā, "
        "telefonā vai datorā.",
        "why_heading": "Kāpēc šis kurss ir vajadzīgs",
        "why_text": "<p>2021. gada maijā tikās 28 cilvēki no 15 pašvaldībām, ministrijām un romu mediatoru vidus. "
        "Viņi secināja: cilvēkiem, kas strādā ar romu ģimenēm, nav neviena materiāla, no kura mācīties romu valodu.</p>"
        "<p>Viņu ieteikums bija tiešsaistes kurss iesācējiem. Tas ir šis kurss.</p>",
        "unknown_text": "<p>Saturu vēl nav pārbaudījis dzimtās valodas runātājs. Katram vārdam redzat avotu. "
        "Kur avotu trūkst, atstājam tukšu vietu, nevis izdomājam formu.</p>",
    },
    "en": {
        "title": "Basic Romani course",
        "slug": "home-en",
        "menu_title": "Home",
        "heading": "Understand a family in its own language",
        "introduction": "A basic course in the Romani of Latvia for teachers, social workers and experts.",
        "paths": [
            ("At school", "A child starts school and so far speaks only Romani."),
            ("On a home visit", "Understand whether you are asked in, asked to sit down or to wait."),
            ("At the office", "Papers, an appointment, an agreement – one word at a time."),
        ],
        "how_heading": "First understand, then speak",
        "how_text": "Every lesson begins with listening. Reading, saying and writing come after that – in your own "
        "time, on a phone or a computer.",
        "why_heading": "Why this course is needed",
        "why_text": "<p>In May 2021 28 people from 15 municipalities, from ministries and from among the Roma "
        "mediators met. They found that the people who work with Roma families have no material at all from which "
        "to learn Romani.</p><p>They recommended an online course for beginners. This is that course.</p>",
        "unknown_text": "<p>No native speaker has reviewed the content yet. Every word shows its source. "
        "Where a source is missing we leave a gap rather than invent a form.</p>",
    },
}


def create_front_pages(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("cms", "HomePage")

    content_type, _ = ContentType.objects.get_or_create(app_label="cms", model="homepage")
    root = Page.objects.get(depth=1)
    key, now = uuid.uuid4(), timezone.now()
    homes = {}
    for language, texts in PAGES.items():
        homes[language] = HomePage.objects.create(
            **{name: value for name, value in texts.items() if name != "paths"},
            draft_title=texts["title"],
            # 0001 is Wagtail's welcome page; paths are in base 36, four signs a step.
            path=f"{root.path}{len(homes) + 2:04d}",
            depth=2,
            numchild=0,
            url_path=f"/{texts['slug']}/",
            locale=Locale.objects.get_or_create(language_code=language)[0],
            translation_key=key,
            content_type=content_type,
            live=True,
            first_published_at=now,
            last_published_at=now,
            paths=json.dumps(
                [
                    {"type": "path", "value": {"title": title, "text": text}, "id": str(uuid.uuid4())}
                    for title, text in texts["paths"]
                ]
            ),
        )
    Site.objects.filter(is_default_site=True).update(root_page=homes["lv"])
    Page.objects.filter(path=f"{root.path}0001", title="Welcome to your new Wagtail site!").delete()
    root.numchild = Page.objects.filter(depth=2).count()
    root.save(update_fields=["numchild"])


def restore_welcome_page(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Locale = apps.get_model("wagtailcore", "Locale")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("cms", "HomePage")

    if HomePage.objects.filter(numchild__gt=0).exists():
        raise RuntimeError("There are pages below the front pages. Move or delete them first: they would be lost.")
    root = Page.objects.get(depth=1)
    content_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="page")
    welcome = Page.objects.create(
        title="Welcome",
        draft_title="Welcome",
        slug="home",
        path=f"{root.path}0001",
        depth=2,
        numchild=0,
        url_path="/home/",
        locale=Locale.objects.get(language_code="lv"),
        content_type=content_type,
        live=True,
    )
    Site.objects.filter(is_default_site=True).update(root_page=welcome)
    HomePage.objects.all().delete()
    root.numchild = 1
    root.save(update_fields=["numchild"])


class Migration(migrations.Migration):
    dependencies = [("cms", "0001_initial")]

    operations = [migrations.RunPython(create_front_pages, restore_welcome_page)]
