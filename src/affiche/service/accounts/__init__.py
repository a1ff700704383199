# SPDX-License-Identifier: Apache-2.0
"""Applications, their credentials and their tokens."""
