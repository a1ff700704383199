# SPDX-License-Identifier: Apache-2.0
"""Durable jobs: the port, its DBOS adapter, and the processes that run them."""
