"""How hands drag in a real browser: with the mouse, and with a finger."""

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def middle(place):
    box = place.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def inside(place, across, down):
    """Return the point at the given per cent of a place's width and height."""
    box = place.bounding_box()
    return box["x"] + box["width"] * across / 100, box["y"] + box["height"] * down / 100


def drag_mouse(page, start, end, *, drop=True):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=4)
    if drop:
        page.mouse.up()


def drag_finger(page, start, end):
    """Drag as a finger does, which would scroll the page if nothing kept it from doing so."""
    touch = page.context.new_cdp_session(page)
    (x, y), (to_x, to_y) = start, end

    def send(kind, *points):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]})

    send("touchStart", (x, y))
    for step in range(1, 6):
        send("touchMove", (x + (to_x - x) * step / 5, y + (to_y - y) * step / 5))
    send("touchEnd")
