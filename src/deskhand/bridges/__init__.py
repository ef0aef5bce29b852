"""One package per sentence that names two groups: it owns the linking rows and what it adds to both sides by panels."""
