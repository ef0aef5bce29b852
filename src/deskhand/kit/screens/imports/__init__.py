"""Tables from other programs: read, mapped, checked, and written whole or not at all."""
