# SPDX-License-Identifier: Apache-2.0
"""The pictures that clients send and the pictures that they get."""
