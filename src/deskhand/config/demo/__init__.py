"""``deskhand demo``: a company to try things on, and many tickets to measure with.

What people say stands in ``data/`` (TOML); :mod:`sources` reads it, :mod:`plots` decides who says what when, and
:mod:`playing` lets it happen by the services that pages and mails use, at moments in the past. :mod:`load` makes
tickets by the thousand without services.
"""
