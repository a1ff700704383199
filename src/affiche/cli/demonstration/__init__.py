# SPDX-License-Identifier: Apache-2.0
"""`affiche demo` in parts: the server it starts, what it hears, and the contact sheet."""
