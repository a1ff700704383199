# SPDX-License-Identifier: Apache-2.0
"""The same scenes drawn by other programs: Chromium, satori with resvg, and Pillow. `make rivals` installs them."""
