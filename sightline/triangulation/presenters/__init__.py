"""Pictures, proposals, requests and blind spots in words and colours."""
