"""Meetings: quorum at every moment, interests and what follows, decisions, agendas, how often, and closing. Pure rules."""
