# SPDX-License-Identifier: Apache-2.0
"""Render processes: a child process per slot, and the pool that feeds and replaces them."""
