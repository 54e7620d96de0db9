"""Adapters to the outside, one service each. They see ports, domain, itip, wording and errors; never each other."""
