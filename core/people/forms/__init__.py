"""What people type into the pages of this room. The services check it again and write it."""
