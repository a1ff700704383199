# SPDX-License-Identifier: Apache-2.0
"""A score 0..100 for a creative that explains itself: parts, places, sentences, and changes that raise it.

Nothing is random. Decisions are taken on whole levels of a small proof and on rounded values, so that the last bits of
floating arithmetic, which differ between machines, decide nothing.
"""

from affiche.creative.score.scorer import Scorer, score
from affiche.creative.score.suggestions import Inapplicable, apply_suggestion
from affiche.creative.score.values import WEIGHTS, Part, Score, Suggestion

__all__ = ["WEIGHTS", "Inapplicable", "Part", "Score", "Scorer", "Suggestion", "apply_suggestion", "score"]
