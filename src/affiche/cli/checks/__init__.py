# SPDX-License-Identifier: Apache-2.0
"""What `affiche doctor` looks at, one file per kind of thing."""
