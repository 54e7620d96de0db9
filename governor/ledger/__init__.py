"""How are records proved?"""
