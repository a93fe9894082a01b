"""Rows to a workbook (and later a workbook to answers); who asks for it is not its business."""
