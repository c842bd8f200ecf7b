"""Holds one sentence against others: facts, negations, hedges, roles."""
