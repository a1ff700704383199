# SPDX-License-Identifier: Apache-2.0
"""What of a client's words is understood."""

import pytest

from affiche.images.colour import Colour
from affiche.retouch.instructions import wishes_of
from affiche.retouch.wishes import Wishes


@pytest.mark.parametrize(
    ("words", "wishes"),
    [
        ("", Wishes()),
        ("Please keep the original background.", Wishes(keep_background=True)),
        ("Don't change the background", Wishes(keep_background=True)),
        ("no shadow", Wishes(shadow=False)),
        ("Keep the natural shadow", Wishes(shadow=True)),
        ("square canvas", Wishes(aspect=1.0)),
        ("Use a 4:5 format", Wishes(aspect=0.8)),
        ("Crop to square", Wishes(aspect=1.0)),
        ("Don't crop the image", Wishes(keep_frame=True)),
        ("no cropping, please; keep the whole frame", Wishes(keep_frame=True)),
        ("Do not rotate it", Wishes(straighten=False)),
        ("straighten the product", Wishes(straighten=True)),
        ("margin 10%", Wishes(margin=0.1)),
        ("with 5 percent padding", Wishes(margin=0.05)),
        ("on a light grey background", Wishes(ground=Colour(236, 236, 236))),
        ("Background colour: #ABCDEF", Wishes(ground=Colour(171, 205, 239))),
        ("4:5, no shadow and #fff background", Wishes(aspect=0.8, shadow=False, ground=Colour(255, 255, 255))),
    ],
)
def test_wishes_that_can_be_honoured(words: str, wishes: Wishes) -> None:
    assert wishes_of(words) == wishes


def test_the_rest_is_told_back() -> None:
    wishes = wishes_of("No shadow. Add a palm tree, keep the background blue and margin 60%")
    assert (wishes.shadow, wishes.keep_background, wishes.margin) == (False, False, None)
    assert wishes.notes == (
        'Not honoured: "Add a palm tree".',
        'Not honoured: "keep the background blue".',
        'Not honoured: "margin 60 % (the most is 40 %)".',
    )


def test_notes_stay_few_and_short() -> None:
    notes = wishes_of(",".join(f"wish number {k} " + "x" * 300 for k in range(20))).notes
    assert len(notes) == 9
    assert max(map(len, notes)) < 160
    assert notes[-1] == "Not honoured: 12 more wishes."
