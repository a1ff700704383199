# SPDX-License-Identifier: Apache-2.0
"""A product in words: its name, and one English sentence of how it looks."""

from collections.abc import Mapping
from typing import Final

from affiche.recognition.colour_names import NEUTRALS
from affiche.recognition.form import Form
from affiche.recognition.identity import Identity
from affiche.recognition.kinds import Kind

_SECOND_FROM: Final = 0.16
_CLEAR_FROM: Final = 0.24
_MOST_NAMES: Final = 4


def colour_words(shares: Mapping[str, float]) -> str:
    """Up to two colours, "white and blue"; "multicoloured" if none leads; "" if there is none."""
    names = list(shares)
    if not names:
        return ""
    if len(names) >= _MOST_NAMES and shares[names[0]] < _CLEAR_FROM:
        return "multicoloured"
    first, others = names[0], names[1:]
    # Grey beside white is mostly white in shade.
    partner = next((name for name in others if _differs(first, name)), None)
    if partner is None or shares[partner] < _SECOND_FROM:
        return first
    return f"{first} and {partner}"


def _differs(one: str, other: str) -> bool:
    """Whether both are worth naming: not green and dark green, and no two greys but black and white."""
    if one in NEUTRALS and other in NEUTRALS:
        return {one, other} == {"black", "white"}
    return one.split()[-1] != other.split()[-1]


def name_of_product(identity: Identity, form: Form) -> str:
    """As short as a shop would call it: "NIVEA body lotion", "orange juice", "bottle"."""
    kind = identity.kind.noun if identity.kind else ""
    if not kind and not (identity.brand and (identity.note or form is Form.PRODUCT)):
        kind = form.value
    note = "" if identity.note in kind.split() else identity.note
    return " ".join(word for word in (identity.brand, note, kind) if word)


def sentence(colours: str, form: Form, identity: Identity, label_colour: str = "") -> str:
    """One sentence, such as "A white plastic bottle of shampoo with a blue label that reads NIVEA."

    ``label_colour`` is empty where no label is set apart from the rest.
    """
    thing = " ".join(word for word in (colours, _thing(form, identity)) if word)
    label = f" with {article(label_colour).lower()} {label_colour} label" if label_colour else ""
    print_ = identity.brand or identity.text
    reads = f" that reads {print_}" if print_ else ""
    return f"{article(thing)} {thing}{label}{reads}."


def _thing(form: Form, identity: Identity) -> str:
    """What it is without its colours: "plastic bottle of shampoo"."""
    kind = identity.kind
    if kind is None:
        return form.value
    note = "" if identity.note in kind.noun.split() else identity.note
    content = " ".join(word for word in (note, kind.noun) if word)
    if kind.counted:
        if form is Form.PRODUCT:
            return content
        joint = "of" if content.endswith("s") else f"with {article(content).lower()}"
        return f"{_vessel(form, kind)} {joint} {content}"
    return f"{_vessel(form, kind)} of {content}"


def _vessel(form: Form, kind: Kind) -> str:
    if form is Form.BOTTLE:
        return " ".join(word for word in (kind.bottle, form.value) if word)
    if form is Form.PACK:
        return kind.vessel
    return "pack" if form is Form.PRODUCT else form.value


def article(words: str) -> str:
    """The indefinite article, in a capital: by the first letter, which is right for every colour and material."""
    return "An" if words[:1].lower() in "aeiou" else "A"
