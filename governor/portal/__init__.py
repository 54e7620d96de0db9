"""What does the public see?"""
