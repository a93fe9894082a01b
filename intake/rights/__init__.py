"""« Droits »: who is in which role and service, as the technician manages it (art. 4.1); every change is a verb of process.rights."""
