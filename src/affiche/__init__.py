# SPDX-License-Identifier: Apache-2.0
"""Affiche draws ad creatives from a brief, a photo and a logo."""
