# SPDX-License-Identifier: Apache-2.0
"""The virtual studio: scenes rendered once into plates, into which any cut-out is set in a fraction of a second.

A `SceneSpec` says what stands where and how it is lit; baking (`affiche.studio.baking`, an optional extra) renders it
into a `Plate`; a `Preset` names a plate, its colours and its light; `compose` sets a product into it.
"""
