# SPDX-License-Identifier: Apache-2.0
"""Reading pictures: what a photo shows and where, and what a logo is made of."""
