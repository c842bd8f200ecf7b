"""Measures the answers: question sets, what is right, how long it takes."""
