"""The drawings of the site: icons on a grid of 24 units, and the wheel.

A page inlines once the symbols it uses (see `cms_tags.sprite`) and refers to them by name, so that
an icon costs no request and takes the colour of its text.
"""

ICONS = {
    "play": '<path d="M8 5.5v13l10.5-6.5z"/>',
    "pause": '<path d="M8.5 6v12M15.5 6v12"/>',
    "slow": '<path d="M4 15a8 8 0 0 1 16 0"/><path d="M12 15 8.5 9.5M4 19h16"/>',
    "unreviewed": '<circle cx="12" cy="12" r="9" stroke-dasharray="3.2 2.45"/><path d="M12 11v5M12 7.8v.1"/>',
    "reviewed": '<circle cx="12" cy="12" r="9"/><path d="m8 12.4 2.8 2.8L16 9.6"/>',
    "check": '<path d="m4.5 12.8 5 5L19.5 7"/>',
    "spelling": '<path d="m4.5 9.8 4.6 4.6L18.5 5"/><path d="M4.5 20c2.5-2.6 5 1.4 7.5-.6s5 .8 7.5-1.4"/>',
    "variant": (
        '<path d="M3.5 12H8c4 0 4-6 8-6h4M8 12c4 0 4 6 8 6h4"/><path d="M17.5 3.5 20 6l-2.5 2.5M17.5 '
        '15.5 20 18l-2.5 2.5"/>'
    ),
    "near": '<path d="M4 9.8c3-3.6 5.5-1.8 8 0s5 3.6 8 0M4 16.2c3-3.6 5.5-1.8 8 0s5 3.6 8 0"/>',
    "other": '<path d="M4 8.5h14M14.5 5 18 8.5 14.5 12M20 15.5H6M9.5 12 6 15.5 9.5 19"/>',
    "again": '<path d="M19.5 12a7.5 7.5 0 1 1-2.4-5.5"/><path d="M19.8 3.8v4.4h-4.4"/>',
    "mic": '<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3"/>',
    "print": '<path d="M7 9V3.5h10V9M7 17H4V9h16v8h-3"/><path d="M7 14h10v6.5H7z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.4 15.4 5.1 5.1"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h10"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>',
    "book": (
        '<path d="M12 6.5C10 5 7 4.5 3.5 5v13.5c3.5-.5 6.5 0 8.5 1.5 2-1.5 5-2 8.5-1.5V5C17 4.5 14 5 12 '
        '6.5zM12 6.5V20"/>'
    ),
    "talk": '<path d="M4 5h16v11h-9l-4.5 4v-4H4z"/>',
    "right": '<path d="m9 5 7 7-7 7"/>',
    "left": '<path d="m15 5-7 7 7 7"/>',
    "close": '<path d="m5.5 5.5 13 13M18.5 5.5l-13 13"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.5 2"/>',
    "day": '<path d="M4 6h16v14.5H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8"/>',
    "people": (
        '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 20c.5-3.7 3-5.5 6.5-5.5s6 1.8 6.5 5.5M15.5 '
        '5.2a3.5 3.5 0 0 1 0 6.6M18 15c2 .8 3.2 2.5 3.5 5"/>'
    ),
    "offline": (
        '<path d="M3 3l18 18M8.5 8.7A5.5 5.5 0 0 0 7 19h9.5M11 7.5a5.5 5.5 0 0 1 6.4 4.4 3.6 3.6 0 0 1 2.4 5.6"/>'
    ),
    "pen": '<path d="m4 20 1-4.5L16 4.5l3.5 3.5L8.5 19z"/><path d="m13.5 7 3.5 3.5"/>',
    "notice": '<circle cx="12" cy="12" r="9"/><path d="M12 7.3v5.9M12 16.5v.1"/>',
    "full": '<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/>',
    "gap": '<path d="M4 7V4h3M10.5 4h3M17 4h3v3M20 10.5v3M20 17v3h-3M13.5 20h-3M7 20H4v-3M4 13.5v-3"/>',
}

# Sixteen spokes around a hub, cut out of a disc whose dashed outline says how many are done.
SPOKES = (
    "M0 -14L0 -39M5.4 -12.9L14.9 -36M9.9 -9.9L27.6 -27.6M12.9 -5.4L36 -14.9"
    "M14 -0L39 -0M12.9 5.4L36 14.9M9.9 9.9L27.6 27.6M5.4 12.9L14.9 36"
    "M0 14L0 39M-5.4 12.9L-14.9 36M-9.9 9.9L-27.6 27.6M-12.9 5.4L-36 14.9"
    "M-14 0L-39 0M-12.9 -5.4L-36 -14.9M-9.9 -9.9L-27.6 -27.6M-5.4 -12.9L-14.9 -36"
)
WHEEL = (
    f'<path id="spokes" d="{SPOKES}" stroke-width="4.5" stroke-linecap="round"/>'
    '<mask id="cut" maskUnits="userSpaceOnUse" x="-50" y="-50" width="100" height="100">'
    '<g fill="none" stroke="#fff"><use href="#spokes"/><circle r="46" stroke-width="5"/></g></mask>'
    '<g id="wheel"><use href="#spokes"/><circle r="46" stroke-width="5"/><circle r="6" stroke-width="5"/></g>'
)
# The wheel on the colour of the sky, as a file of its own; single quotes, so that it fits into an attribute.
FAVICON = (
    "<svg xmlns='http://www.w3.org/2000/svg' viewBox='-50 -50 100 100'><circle r='50' fill='#123e85'/>"
    f"<g transform='scale(.82)' fill='none' stroke='#fff' stroke-width='5'><path d='{SPOKES}' stroke-linecap='round'/>"
    "<circle r='46'/><circle r='6'/></g></svg>"
)


def symbol(name: str) -> str:
    """Return one icon as an SVG symbol with the id `i-<name>`. Raises KeyError for an unknown name."""
    return f'<symbol id="i-{name}" viewBox="0 0 24 24">{ICONS[name]}</symbol>'
