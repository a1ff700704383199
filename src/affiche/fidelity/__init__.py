# SPDX-License-Identifier: Apache-2.0
"""Whether the product in a finished picture is still the product of the photo: one measure for studio and retouching.

`measured` compares the two in the light that was allowed and gives a `Receipt`; `require_faithful` refuses a picture
over its limits.
"""

from affiche.fidelity.comparison import Unlit, measured, require_faithful
from affiche.fidelity.lettering import Place
from affiche.fidelity.receipt import Difference, Lighting, Limits, NotFaithful, Receipt, Verdict

__all__ = [
    "Difference",
    "Lighting",
    "Limits",
    "NotFaithful",
    "Place",
    "Receipt",
    "Unlit",
    "Verdict",
    "measured",
    "require_faithful",
]
