# SPDX-License-Identifier: Apache-2.0
"""The dialect of the batch enhancement API."""
