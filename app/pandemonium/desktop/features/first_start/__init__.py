"""The first minute: an opening for an empty page, and three hints that go away for good."""
