# SPDX-License-Identifier: Apache-2.0
"""Batches of product pictures made better."""
