# SPDX-License-Identifier: Apache-2.0
"""Dialect A: the wire contract of the AdCreative.ai API, so that its clients work unchanged."""
