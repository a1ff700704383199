# SPDX-License-Identifier: Apache-2.0
"""The HTTP face: one folder per wire dialect over the same use cases."""
