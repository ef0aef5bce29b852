"""What changes working calendars, employees and time off."""
