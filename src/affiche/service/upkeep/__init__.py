# SPDX-License-Identifier: Apache-2.0
"""Cleaning up: what nobody owns or needs any more."""
