"""gateway: how the card processor is spoken to, with its own library. Truth is what it answers when asked; an answer that
was lost is asked for again, and nothing is charged a second time. No card's number ever passes here.
"""
