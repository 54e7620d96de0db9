"""What does a meeting look like as an RFC 5546 message?"""
