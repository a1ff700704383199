# SPDX-License-Identifier: Apache-2.0
"""Tables, migrations, transactions, sealed secrets and blobs."""
