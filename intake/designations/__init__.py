"""The staff's door to the designations of Annexe C, under /admin/designations/."""
