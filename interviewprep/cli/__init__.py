"""The command line: a thin skin over `study`; each command imports its work inside."""
