"""Answers about working time, employees and time off that are not just filters."""
