# SPDX-License-Identifier: Apache-2.0
"""Use cases, free of HTTP and of SQL dialects; one package per feature."""
