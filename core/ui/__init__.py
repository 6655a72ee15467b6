"""The face: components, tags, tables, paging and forms that every room uses. Knows nothing of the rooms."""
