# SPDX-License-Identifier: Apache-2.0
"""Credits: what work costs, kept as a double-entry ledger."""
