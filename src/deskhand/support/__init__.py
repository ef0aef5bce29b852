"""The help desk: teams, tickets, and what is done with them."""
