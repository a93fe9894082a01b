"""What citizens file and what the town does with it; layers from policy (the ground) to the doors."""
