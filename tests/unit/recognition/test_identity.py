# SPDX-License-Identifier: Apache-2.0
import pytest

from affiche.recognition.description import name_of_product, sentence
from affiche.recognition.form import Form
from affiche.recognition.identity import LONGEST_BRAND, Identity, identity_of
from affiche.recognition.label import LabelLine


def label(*lines: tuple[str, float] | tuple[str, float, float]) -> list[LabelLine]:
    """Lines one below another: text, height and, if it is not 0.98, confidence."""
    made, top = [], 0.1
    for text, height, *confidence in lines:
        made.append(LabelLine(text, confidence[0] if confidence else 0.98, height, 0.2, top, 0.8, top + height))
        top += height
    return made


def read(*lines: tuple[str, float] | tuple[str, float, float]) -> tuple[str, str | None, str]:
    identity = identity_of(label(*lines))
    return identity.brand, identity.kind.noun if identity.kind else None, identity.note


def test_the_most_prominent_name_is_the_brand() -> None:
    assert read(("NIVEA", 0.12), ("Body Lotion", 0.05), ("400 ml", 0.03)) == ("NIVEA", "body lotion", "")
    assert read(("SOMMAR", 0.08), ("Arla", 0.07), ("GRÄDDFIL", 0.12)) == ("Arla", "sour cream", "")
    assert read(("THE BODY SHOP", 0.06), ("Shower gel", 0.05), ("Mango", 0.05)) == ("BODY SHOP", "shower gel", "mango")


def test_no_brand_is_made_up() -> None:
    assert read(("ORGANIC", 0.1), ("MJÖLK", 0.12), ("3,0%", 0.1)) == ("", "milk", "")
    assert read(("Shampoo", 0.1), ("for dry hair", 0.05), ("250ml", 0.05))[0] == ""
    assert read(("Xplqz", 0.1, 0.6), ("Tea", 0.08))[0] == ""
    assert read(("CArto", 0.1, 0.92), ("Milk", 0.08))[0] == ""
    assert identity_of([]) == Identity()


def test_ingredients_give_way_to_what_it_is() -> None:
    assert read(("Dove", 0.1), ("HONEY", 0.07), ("shampoo", 0.05)) == ("Dove", "shampoo", "")
    assert read(("Langnese", 0.08), ("Honig", 0.1))[1] == "honey"


def test_small_print_says_nothing() -> None:
    assert read(("LEGO", 0.2), ("do not wash with detergent", 0.01)) == ("LEGO", None, "")


def test_slogans_are_no_brands() -> None:
    slogan = " ".join(["wonderfully"] * 5)
    assert len(slogan) > LONGEST_BRAND
    assert read((slogan, 0.2), ("Tea", 0.1))[0] == ""


def test_chinese_labels_are_read_too() -> None:
    assert read(("百雀羚", 0.1), ("洗面奶", 0.08), ("100g", 0.03)) == ("百雀羚", "facial cleanser", "")


@pytest.mark.parametrize(
    ("lines", "form", "colours", "label_colour", "name", "says"),
    [
        ((("NIVEA", 0.1), ("Shampoo", 0.05)), Form.BOTTLE, "white", "blue", "NIVEA shampoo",
         "A white plastic bottle of shampoo with a blue label that reads NIVEA."),
        ((("NIVEA", 0.1),), Form.BOTTLE, "white", "blue", "NIVEA bottle", "A white bottle with a blue label that reads NIVEA."),
        ((("BRAVO", 0.2), ("Apelsinjuice", 0.1)), Form.PACK, "orange", "", "BRAVO orange juice",
         "An orange carton of orange juice that reads BRAVO."),
        ((("Vitra", 0.2), ("headphones", 0.1)), Form.PACK, "black", "", "Vitra headphones",
         "A black box of headphones that reads Vitra."),
        ((("Philips", 0.2), ("toothbrush", 0.1)), Form.PACK, "white and blue", "", "Philips toothbrush",
         "A white and blue pack with a toothbrush that reads Philips."),
        ((), Form.PRODUCT, "red", "", "product", "A red product."),
    ],
)  # fmt: skip
def test_names_and_sentences(
    lines: tuple[tuple[str, float], ...], form: Form, colours: str, label_colour: str, name: str, says: str
) -> None:
    identity = identity_of(label(*lines))
    assert name_of_product(identity, form) == name
    assert sentence(colours, form, identity, label_colour) == says
