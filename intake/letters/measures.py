"""Where things stand on the first page, in millimetres, for PDF and DOCX alike.

The window of a Canadian no. 10 envelope (9½ × 4⅛ in., window 4½ × 1⅛ in., ⅞ in. from the left, ½ in. from the bottom)
shows, of a letter folded in three, a band that moves as the sheet slides: between 63.5 and 80.4 mm from its top, and
between 22 and 111 mm from its left edge, it is always seen. The address stands there, up to four lines of 12 points.
Above 51.8 mm and below 92 mm nothing is ever seen: letterhead and reference keep out of the window.
"""

SIDE, TOP, BOTTOM = 25.4, 25.0, 22.0
LETTERHEAD_TOP, LETTERHEAD_HEIGHT = 12.0, 24.0
DATELINE_TOP = 42.0
MENTION_TOP = 57.5
ADDRESS_TOP, ADDRESS_WIDTH, ADDRESS_LEADING = 63.5, 85.0, 4.233  # twelve points
BODY_TOP = 94.0
# A form or a notice has no envelope: its words begin under the dateline.
FORM_TOP = 56.0
LOGO_HEIGHT = 16.0
HAND_SPACE = 14.0  # for a signature
