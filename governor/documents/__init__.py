"""What do the minutes look like as paper?"""
