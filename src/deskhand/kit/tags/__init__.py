"""Tags: coloured words that records are sorted by. Each kind of record has a model of its own with ``name`` and
``color``; how such words are told apart (``naming``), offered (``offering``) and picked (``fields``) is the same for
all of them.
"""
