"""The door of a town that leaves another system: a workbook brought, its columns and words mapped, looked at, imported."""
