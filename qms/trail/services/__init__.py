"""Public face of the trail: write a fact down; let the house react to it; check the chain."""

from qms.trail.services.outbox import Reaction, Reactions, deliver, deliver_owed, subscribe
from qms.trail.services.record import record
from qms.trail.services.verify import Fault, first_fault

__all__ = [
    "Fault",
    "Reaction",
    "Reactions",
    "deliver",
    "deliver_owed",
    "first_fault",
    "record",
    "subscribe",
]
