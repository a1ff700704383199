# SPDX-License-Identifier: Apache-2.0
"""Briefs that the engine has to master: the project's own samples always, photos from a shared folder when present."""

import os
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from affiche.creative.brief import Brief
from affiche.creative.campaign import Campaign
from affiche.images.colour import Colour
from affiche.samples import sample_logo_png
from tests.pictures.photographs import photograph

SHARED_PHOTOS = Path(os.environ.get("AFFICHE_TEST_PHOTOS", Path(__file__).parents[3] / "shared" / "data"))
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützen"


@dataclass(frozen=True, slots=True)
class Case:
    """One brief with the names of its pictures; ``shared`` pictures are looked up in the shared folder."""

    name: str
    headline: str
    punchline: str
    action: str
    colours: tuple[str, ...]
    photo: str
    logo: str | None = None
    font: str | None = None
    icon: str = "fa-solid fa-angle-right"
    description: str | None = None

    @property
    def brief(self) -> Brief:
        colours = tuple(Colour.from_hex(colour) for colour in self.colours)
        return Brief(self.headline, self.punchline, self.action, colours, self.description, self.font, self.icon)


OWN: tuple[Case, ...] = (
    Case(
        "calm",
        "Find your quiet place",
        "Small lodges, wide skies. Seven nights from 690 €.",
        "Book now",
        ("#1f4e5f", "#f2a154"),
        "main",
    ),
    Case(
        "short", "Breathe.", "A weekend away from everything.", "See dates", ("#22223b", "#c9ada7", "#9a8c98"), "main"
    ),
    Case(
        "poppins",
        "Made by hand, worn for years",
        "Leather goods from a workshop of nine people.",
        "Shop the collection",
        ("#3a2e39", "#f15152"),
        "product",
        font="Poppins",
    ),
    Case(
        "night",
        "The city after midnight",
        "A guided walk through the lights, every Friday at 23:30.",
        "Reserve a place",
        ("#0b132b", "#5bc0be"),
        "night",
        font="Montserrat",
    ),
    Case(
        "busy",
        "Everything fresh, before nine",
        "Market vegetables delivered the morning they are picked.",
        "Order a box",
        ("#2d6a4f", "#ffb703"),
        "busy",
        font="Roboto",
        icon="fas fa-shopping-cart",
    ),
    Case(
        "portrait",
        "Look after the skin you are in",
        "A night serum with nothing to hide. 30 ml, 24 €.",
        "Try it",
        ("#5f0f40", "#fb8b24"),
        "portrait",
        font="Playfair Display",
    ),
    Case(
        "long",
        "A long headline that says rather more than it should, because the marketing department could not agree on fewer words",
        "And a punchline that goes on for a while too, with details, conditions and a footnote that nobody asked for but legal insists upon.",
        "Read the whole story now",
        ("#14213d", "#fca311"),
        "main",
    ),
    Case(
        "german",
        f"{LONG_WORD} für alle",
        "Maßgeschneidert in Passau, geliefert in ganz Europa.",
        "Jetzt entdecken",
        ("#283618", "#dda15e"),
        "product",
    ),
    Case(
        "arabic",
        "اكتشف هدوء الصحراء",
        "رحلات صغيرة وسماء واسعة. سبع ليال ابتداءً من 690 €.",
        "احجز الآن",
        ("#774936", "#e6b8a2"),
        "main",
    ),
    Case("hindi", "शांति की अपनी जगह खोजें", "छोटे घर, खुला आसमान और सात रातें।", "अभी बुक करें", ("#006d77", "#ffddd2"), "main"),
    Case(
        "thai",
        "ค้นพบสถานที่อันเงียบสงบของคุณ",
        "บ้านพักเล็ก ๆ ท้องฟ้ากว้างใหญ่ เจ็ดคืนในราคาพิเศษ",
        "จองเลย",
        ("#003049", "#f77f00"),
        "main",
    ),
    Case(
        "turkish",
        "İstanbul'da ışıl ışıl bir gece",
        "Boğaz'da akşam yemeği, iki kişilik, %20 indirimli.",
        "Hemen ayırt",
        ("#641220", "#e01e37"),
        "night",
    ),
    Case(
        "described",
        "Sleep like at home",
        "Linen that gets softer every year.",
        "Discover",
        ("#344e41", "#a3b18a"),
        "product",
        description="Woven in a family mill since 1928 from European flax, washed with stones and dried in the wind. Free returns for one hundred nights.",
    ),
    Case("grey", "Less, but better", "Furniture with a point of view.", "Visit us", ("#111111", "#ffffff"), "product"),
)

SHARED: tuple[Case, ...] = (
    Case(
        "bike",
        "Ride further this spring",
        "Light frames, honest prices, serviced for life.",
        "Find your bike",
        ("#e63946", "#1d3557"),
        "backgrounds/bike.jpg",
        "logos/spotify.png",
    ),
    Case(
        "boat",
        "The slow way to the islands",
        "Sail with a crew of five from 45 € a day.",
        "Plan your trip",
        ("#0077b6", "#ffb703"),
        "backgrounds/boat.jpg",
        "logos/stripe.png",
    ),
    Case(
        "girl",
        "Colour that stays with you",
        "Sixteen shades. Nothing tested on animals.",
        "Shop now",
        ("#9d4edd", "#ff9e00"),
        "backgrounds/girl.jpg",
        "logos/airbnb.png",
    ),
    Case(
        "lamp",
        "Light, drawn by hand",
        "Every lamp is numbered and signed.",
        "See the lamps",
        ("#403d39", "#eb5e28"),
        "backgrounds/lamp.jpg",
        "logos/asana.png",
    ),
    Case(
        "flower",
        "Fresh on Friday",
        "Bouquets by subscription, from 19 € a week.",
        "Subscribe",
        ("#606c38", "#bc6c25"),
        "backgrounds/yellow-flower.jpg",
        "logos/mailchimp.png",
    ),
    Case(
        "faces",
        "Two minds, one idea",
        "The conference for people who build together.",
        "Get a ticket",
        ("#023047", "#fb8500"),
        "faces/two_people.jpg",
        "logos/figma.png",
    ),
)


def cases() -> list[Case]:
    return [*OWN, *(case for case in SHARED if (SHARED_PHOTOS / case.photo).exists())]


@cache
def photo_bytes(name: str) -> bytes:
    """A photo as an uploaded file: a shared one, or one of the project's samples."""
    if "/" in name:
        return (SHARED_PHOTOS / name).read_bytes()
    return photograph(name)


@cache
def campaign(case: Case) -> Campaign:
    """The case's campaign. Its seed hangs on its name, so that other photos or logos do not choose other designs."""
    logo = (SHARED_PHOTOS / case.logo).read_bytes() if case.logo else sample_logo_png()
    return Campaign.open(case.brief, photo_bytes(case.photo), logo, seed=zlib.crc32(case.name.encode()))
