"""Where is it kept? The only room with SQL."""
