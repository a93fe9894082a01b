"""The staff's door: the queue, the file on one page, bulk gestures, the export; thin screens over the verbs."""
