"""The repositories of ``core.repositories``, on tables. They flush; the unit of work commits."""
