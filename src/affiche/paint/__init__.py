# SPDX-License-Identifier: Apache-2.0
"""Painters: a composition as pixels."""
