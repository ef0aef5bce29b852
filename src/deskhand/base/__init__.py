"""What every business app stands on: companies, contacts, accounts, files, chatter, mail."""
