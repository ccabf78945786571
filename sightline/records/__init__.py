"""The formal record: how long each is kept, what holds it, who asks for it, and what is given out."""
