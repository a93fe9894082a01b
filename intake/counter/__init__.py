"""What staff file for a citizen: at the counter, on the telephone, in the field (art. 4.1, 4.3); every filing goes through `receive`."""
