"""What do we say, in each language?"""
