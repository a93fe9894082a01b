"""The door of the register of confidentiality incidents: who handles files reports, the clerk keeps it (A-2.1, art. 63.11)."""
