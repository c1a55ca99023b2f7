#!/usr/bin/env python3
"""Draw the course's pictures: plain shapes in the course's own colours, so that they are ours.

A tool for developers, not part of the running site. It needs the project's own environment:

    .venv/bin/python content/make_images.py

It writes content/images/<name>.png; what is said of each picture stands in content/images/images.csv.
The same code gives the same picture. Where things stand is known to the exercises by their places in per cent.
"""

from pathlib import Path

from PIL import Image, ImageDraw

IMAGES = Path(__file__).resolve().parent / "images"
SIZE = (1000, 680)
FINER = 3
"""Drawn so many times larger, then made smaller: this smooths the edges."""

SKY, GRASS, PATH, WALL, ROOF, DOOR = "#dbe9f6", "#a9c98f", "#d9c7a3", "#f3e6cc", "#9c4f3c", "#5b6f86"
SKIN, HAIR, DARK = "#d9a47a", "#3b2a20", "#26324a"
BLUE, RED, GREEN, GOLD, WHITE = "#2f6db5", "#b5483f", "#3f7d58", "#d9a520", "#ffffff"


class Pen:
    """Draws on the finer sheet in the picture's own pixels."""

    def __init__(self, draw: ImageDraw.ImageDraw) -> None:
        self.draw = draw

    def box(self, left: float, top: float, right: float, bottom: float, color: str, round_by: float = 0) -> None:
        self.draw.rounded_rectangle(_finer(left, top, right, bottom), round_by * FINER, fill=color)

    def oval(self, left: float, top: float, right: float, bottom: float, color: str) -> None:
        self.draw.ellipse(_finer(left, top, right, bottom), fill=color)

    def shape(self, color: str, *points: tuple[float, float]) -> None:
        self.draw.polygon([(x * FINER, y * FINER) for x, y in points], fill=color)

    def line(self, color: str, width: float, *points: tuple[float, float]) -> None:
        self.draw.line([(x * FINER, y * FINER) for x, y in points], fill=color, width=int(width * FINER), joint="curve")
        for x, y in points:
            half = width / 2
            self.oval(x - half, y - half, x + half, y + half, color)

    def arc(
        self, left: float, top: float, right: float, bottom: float, angles: tuple[float, float], color: str
    ) -> None:
        self.draw.pieslice(_finer(left, top, right, bottom), *angles, fill=color)


def _finer(*numbers: float) -> list[float]:
    return [number * FINER for number in numbers]


def yard(pen: Pen) -> None:
    """A yard before a house: a man, a woman, a baby in a pram, and two small children with a ball."""
    pen.box(0, 0, 1000, 460, SKY)
    pen.box(0, 430, 1000, 680, GRASS)
    house(pen)
    man(pen, 150, 165)
    woman(pen, 385, 180)
    pram(pen, 590, 395)
    child(pen, 800, 375, RED, DARK)
    child(pen, 915, 390, GOLD, GREEN)
    pen.oval(838, 560, 888, 610, BLUE)
    pen.oval(852, 570, 866, 584, WHITE)


def house(pen: Pen) -> None:
    pen.box(520, 150, 960, 432, WALL)
    pen.shape(ROOF, (490, 155), (740, 30), (990, 155))
    pen.box(700, 260, 790, 432, DOOR, 4)
    pen.oval(772, 345, 782, 355, GOLD)
    for left in (570, 840):
        pen.box(left, 215, left + 80, 300, WHITE, 4)
        pen.box(left + 7, 222, left + 73, 293, SKY)
        pen.line(WHITE, 6, (left + 40, 222), (left + 40, 293))
    pen.shape(PATH, (700, 432), (790, 432), (860, 680), (560, 680))


def face(pen: Pen, x: float, y: float, r: float) -> None:
    """Draw a head around a middle: eyes and a mouth, no more."""
    pen.oval(x - r, y - r, x + r, y + r, SKIN)
    for side in (-1, 1):
        pen.oval(x + side * r * 0.36 - r * 0.1, y - r * 0.12, x + side * r * 0.36 + r * 0.1, y + r * 0.1, DARK)
    pen.arc(x - r * 0.45, y - r * 0.05, x + r * 0.45, y + r * 0.65, (25, 155), DARK)
    pen.arc(x - r * 0.47, y - r * 0.17, x + r * 0.47, y + r * 0.55, (20, 160), SKIN)


def man(pen: Pen, x: float, y: float) -> None:
    pen.line(DARK, 36, (x - 24, y + 225), (x - 26, y + 425))
    pen.line(DARK, 36, (x + 24, y + 225), (x + 26, y + 425))
    for side in (-1, 1):
        pen.box(x + side * 26 - 26, y + 425, x + side * 26 + 26, y + 450, HAIR, 12)
        pen.line(BLUE, 30, (x + side * 52, y + 105), (x + side * 76, y + 220))
        pen.oval(x + side * 78 - 17, y + 220, x + side * 78 + 17, y + 254, SKIN)
    pen.box(x - 62, y + 80, x + 62, y + 250, BLUE, 26)
    pen.box(x - 15, y + 62, x + 15, y + 92, SKIN)
    face(pen, x, y + 28, 44)
    pen.arc(x - 47, y - 22, x + 47, y + 66, (180, 360), HAIR)


def woman(pen: Pen, x: float, y: float) -> None:
    pen.box(x - 48, y + 10, x + 48, y + 105, HAIR, 30)
    for side in (-1, 1):
        pen.line(SKIN, 24, (x + side * 20, y + 370), (x + side * 20, y + 415))
        pen.box(x + side * 22 - 22, y + 412, x + side * 22 + 22, y + 434, HAIR, 10)
        pen.line(RED, 26, (x + side * 44, y + 105), (x + side * 70, y + 210))
        pen.oval(x + side * 72 - 15, y + 208, x + side * 72 + 15, y + 238, SKIN)
    pen.shape(RED, (x - 44, y + 200), (x + 44, y + 200), (x + 84, y + 375), (x - 84, y + 375))
    pen.box(x - 52, y + 82, x + 52, y + 225, RED, 26)
    pen.box(x - 13, y + 60, x + 13, y + 94, SKIN)
    face(pen, x, y + 28, 42)
    pen.arc(x - 47, y - 24, x + 47, y + 70, (180, 360), HAIR)


def pram(pen: Pen, x: float, y: float) -> None:
    """A pram, its hood to the right; a baby's head lies in it."""
    pen.line(DARK, 10, (x - 85, y + 40), (x - 118, y - 10))
    pen.line(DARK, 10, (x - 118, y - 10), (x - 136, y - 10))
    pen.arc(x - 88, y - 82, x + 92, y + 98, (270, 360), GREEN)
    face(pen, x - 6, y - 26, 34)
    pen.arc(x - 44, y - 66, x + 32, y + 10, (180, 360), WHITE)
    pen.arc(x - 88, y - 78, x + 92, y + 102, (0, 180), GREEN)
    pen.box(x - 92, y + 8, x + 96, y + 26, WHITE, 9)
    pen.line(DARK, 8, (x - 40, y + 95), (x - 55, y + 150))
    pen.line(DARK, 8, (x + 44, y + 95), (x + 59, y + 150))
    for wheel in (x - 55, x + 59):
        pen.oval(wheel - 34, y + 118, wheel + 34, y + 186, DARK)
        pen.oval(wheel - 22, y + 130, wheel + 22, y + 174, SKY)
        pen.oval(wheel - 6, y + 146, wheel + 6, y + 158, DARK)


def child(pen: Pen, x: float, y: float, top: str, below: str) -> None:
    for side in (-1, 1):
        pen.line(below, 22, (x + side * 14, y + 120), (x + side * 15, y + 190))
        pen.box(x + side * 15 - 17, y + 190, x + side * 15 + 17, y + 206, HAIR, 8)
        pen.line(top, 18, (x + side * 30, y + 72), (x + side * 48, y + 120))
        pen.oval(x + side * 49 - 11, y + 118, x + side * 49 + 11, y + 140, SKIN)
    pen.box(x - 36, y + 54, x + 36, y + 134, top, 18)
    face(pen, x, y + 18, 38)
    pen.arc(x - 40, y - 24, x + 40, y + 52, (180, 360), HAIR)


PICTURES = {"pagalms": yard}


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    for name, draw in PICTURES.items():
        sheet = Image.new("RGB", (SIZE[0] * FINER, SIZE[1] * FINER))
        draw(Pen(ImageDraw.Draw(sheet)))
        small = sheet.resize(SIZE, Image.Resampling.LANCZOS).quantize(64, dither=Image.Dither.NONE)
        small.save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
