"""One deed for many records: a row that says how far it is, a step for each record, and a way back."""
