# SPDX-License-Identifier: Apache-2.0
"""The arrangements that a creative can have, and what they are drafted with."""
