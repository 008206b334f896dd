"""Stand-ins for the APIs of database vendors: one module for each, with its server under the name `SERVER`.

They implement what the vendors document and refuse the rest, each in the vendor's own words. None of them is the real
thing: what a vendor does not document, they cannot know.
"""
