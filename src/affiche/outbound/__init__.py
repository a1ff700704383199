# SPDX-License-Identifier: Apache-2.0
"""What leaves the server: the guarded HTTP client, webhooks and RabbitMQ."""
