"""Who can be reached now (art. 3, Annexe B): the rule, its words, the verb, the board, and the doors to them."""
