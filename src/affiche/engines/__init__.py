# SPDX-License-Identifier: Apache-2.0
"""Optional neural adapters behind Protocols of the picture engine. Each needs an extra that nothing else needs."""
