# SPDX-License-Identifier: Apache-2.0
"""Pictures from strangers: limits, safe decoding, colour, resampling and encoding."""
