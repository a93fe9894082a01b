"""Tags of the public pages: navigation, fields, dates in words. No tag asks the policy anything."""
