# SPDX-License-Identifier: Apache-2.0
"""Starting, editing, following and downloading creatives."""
