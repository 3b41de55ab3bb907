"""OpenFisca's web API for outsiders, read-only: what it would do with a strange request is never found out."""
