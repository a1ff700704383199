# SPDX-License-Identifier: Apache-2.0
"""Render processes and their tasks: one state machine, and the progress that follows from it."""
