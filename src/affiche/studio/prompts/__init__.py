# SPDX-License-Identifier: Apache-2.0
"""Free prompts: what a sentence asks of the studio, and what the studio makes of it.

`understand` reads a prompt into a `Plan`: a `Preset` that the studio can draw, and an honest account of what was
understood, what was replaced by something near, and what was left out. There is no model: words of a lexicon
(``data/lexicon.*.tsv``) in phrases (``data/grammar.toml``) are matched with what the stages show
(``data/stages.toml``).
"""

from affiche.studio.prompts.plan import (
    LONGEST,
    THRESHOLD,
    Approximation,
    Plan,
    PromptNotUnderstood,
    PromptTooLong,
)
from affiche.studio.prompts.understanding import understand

__all__ = ["LONGEST", "THRESHOLD", "Approximation", "Plan", "PromptNotUnderstood", "PromptTooLong", "understand"]
