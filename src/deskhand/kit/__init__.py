"""What the house is built with. No business lives here."""
