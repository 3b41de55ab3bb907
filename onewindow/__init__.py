"""One Window 一窗: an open civil-affairs system."""
