"""How are votes counted?"""
