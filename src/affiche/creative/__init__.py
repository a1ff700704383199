# SPDX-License-Identifier: Apache-2.0
"""The design of a creative: brief, formats, palette, arrangements and the finished composition."""
