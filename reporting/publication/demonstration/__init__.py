"""The demonstration: invented people, reports and texts, made through the same services that real ones pass through."""
