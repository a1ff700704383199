# SPDX-License-Identifier: Apache-2.0
"""Telling applications what became of their tasks."""
