# SPDX-License-Identifier: Apache-2.0
"""How much and how often clients may ask."""
