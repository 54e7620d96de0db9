"""What is true, and what is in order?"""
