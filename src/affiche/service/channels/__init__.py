# SPDX-License-Identifier: Apache-2.0
"""Where an application wants to be notified."""
