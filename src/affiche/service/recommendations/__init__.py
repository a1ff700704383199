# SPDX-License-Identifier: Apache-2.0
"""What product a picture shows and what suits it, by our own eyes and, where there is one, a model's."""
