# SPDX-License-Identifier: Apache-2.0
"""Product photos: cutting a product out, setting it into scenes of the studio, following and downloading them."""
