"""Template tags: icons, wheel, Romani words, and the drawings a page carries."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template

from cms import icons


def render(source, **context):
    return Template("{% load cms_tags %}" + source).render(Context(context))


def spokes(html):
    return int(re.search(r'stroke-dasharray="(\d+) 16"', html).group(1))


def test_icon_is_hidden_from_the_ear():
    html = render('{% icon "play" %}')
    assert 'aria-hidden="true"' in html and 'href="#i-play"' in html


def test_unknown_icon_is_an_error_of_whoever_wrote_it():
    with pytest.raises(KeyError):
        render('{% icon "plya" %}')


@pytest.mark.parametrize(
    ("done", "total", "expected"),
    [
        (0, 0, 0),
        (0, 9, 0),
        (1, 1000, 1),
        (1, 16, 1),
        (8, 16, 8),
        (15, 16, 15),
        (999, 1000, 15),
        (16, 16, 17),
        (20, 16, 17),
    ],
)
def test_wheel_fills_as_far_as_one_has_come(done, total, expected):
    assert spokes(render("{% wheel done total %}", done=done, total=total)) == expected


def test_hub_turns_only_when_all_is_done():
    assert 'r="6"' not in render("{% wheel 15 16 %}")
    assert 'r="6"' in render("{% wheel 16 16 %}")


def test_wheel_with_a_label_is_a_picture_and_without_one_an_ornament():
    assert 'role="img" aria-label="3 no 6 &amp; vēl"' in render("{% wheel 3 6 label %}", label="3 no 6 & vēl")
    assert 'aria-hidden="true"' in render("{% wheel 3 6 %}")
    assert '<svg class="wheel big"' in render('{% wheel 3 6 class="big" %}')


def test_romani_is_marked_and_escaped():
    assert render("{% romani word %}", word="<čhon>") == '<span lang="rml">&lt;čhon&gt;</span>'
    assert render('{% romani "čhon" class="rom" %}') == '<span class="rom" lang="rml">čhon</span>'


def test_sprite_carries_what_is_used_and_nothing_else():
    html = render('{% sprite %}{% icon "search" %}{% endsprite %}')
    assert re.findall(r'<symbol id="i-([\w-]+)"', html) == ["search"]
    assert 'id="wheel"' not in html


def test_sprite_comes_before_its_users():
    html = render('{% sprite %}{% icon "search" %}{% wheel 1 2 %}{% endsprite %}')
    assert html.index("<symbol") < html.index('href="#i-search"')
    assert html.index('id="wheel"') < html.index('href="#wheel"')


def test_sprite_knows_the_icon_that_a_script_will_need():
    html = render('{% sprite %}{% icon "play" %}<form data-icons="check near nonsense"></form>{% endsprite %}')
    assert re.findall(r'<symbol id="i-([\w-]+)"', html) == ["check", "near", "pause", "play"]


def test_sprite_sees_icons_of_included_and_overridden_templates(client, db):
    html = client.get("/").content.decode()
    used = set(re.findall(r'href="#i-([\w-]+)"', html))
    assert used and used <= set(re.findall(r'<symbol id="i-([\w-]+)"', html))


def test_every_icon_is_well_formed():
    for name in icons.ICONS:
        ElementTree.fromstring(icons.symbol(name))
    ElementTree.fromstring(f"<svg>{icons.WHEEL}</svg>")


def test_favicon_is_drawn_in_the_page_and_is_the_same_as_the_file():
    drawn = re.fullmatch(r'<link rel="icon" href="data:image/svg\+xml,(.*)">', render("{% favicon %}")).group(1)
    assert "#" not in drawn, "a fragment would cut the drawing off"
    ElementTree.fromstring(drawn.replace("%23", "#"))
    assert Path(finders.find("cms/wheel.svg")).read_text().strip() == drawn.replace("%23", "#")
