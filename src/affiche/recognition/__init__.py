# SPDX-License-Identifier: Apache-2.0
"""What product a cut-out shows, and which scenes of the studio suit it: `recommend`."""

from affiche.recognition.recommendation import PRESET_COUNT, PROMPT_COUNT, Recommendation, recommend

__all__ = ["PRESET_COUNT", "PROMPT_COUNT", "Recommendation", "recommend"]
