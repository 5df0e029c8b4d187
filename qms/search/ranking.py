"""Which entries answer a question best.

Title and text are scored apart (BM25F), single words and pairs, words with their accents far
above folded ones; the sum counts by the share of the title's weight that the question covers.
The figures behind the weights: docs/decisions.md.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from whoosh.query import And, Every, Or, Term

from qms.search import words

# Field → weight, for a question typed with accents and for one typed without.
ACCENTED = {
    "title": 1.0, "title_pairs": 1.0, "body": 0.5, "body_pairs": 0.5,
    "plain_title": 0.1, "plain_title_pairs": 0.1, "plain_body": 0.05, "plain_body_pairs": 0.05,
}  # fmt: skip
PLAIN = {
    "plain_title": 1.1,
    "plain_title_pairs": 1.1,
    "plain_body": 0.55,
    "plain_body_pairs": 0.55,
}
FIELDS = tuple(ACCENTED)
# So many are scored again by the share of their title; and what an uncovered title still counts.
CANDIDATES = 200
UNCOVERED = 0.15


@dataclass(frozen=True, slots=True)
class Question:
    """A query as tokens by field. `plain_words` are its folded words, for marking."""

    tokens: dict[str, list[str]]
    plain: bool
    plain_words: frozenset[str]

    @classmethod
    def of(cls, query: str) -> "Question":
        about = words.asked(query)
        exact, folded = words.exact(about), words.folded(about)
        tokens = {
            "title": exact, "title_pairs": words.pairs(exact),
            "body": exact, "body_pairs": words.pairs(exact),
            "plain_title": folded, "plain_title_pairs": words.pairs(folded),
            "plain_body": folded, "plain_body_pairs": words.pairs(folded),
        }  # fmt: skip
        return cls(tokens, words.is_plain(query), frozenset(folded))


def best(
    searcher: Any, question: Question, audiences: Collection[str], limit: int
) -> Iterator[tuple[Any, float]]:
    """The best `limit` rows for one of the audiences, with their scores, best first."""
    weights = PLAIN if question.plain else ACCENTED
    terms = [
        Term(field, token, boost=weight)
        for field, weight in weights.items()
        for token in dict.fromkeys(question.tokens[field])
    ]
    if not terms:
        return
    readers = Or([Term("audiences", audience) for audience in audiences])
    results = searcher.search(
        Or(terms), filter=And([Every("key"), readers]), limit=max(CANDIDATES, limit)
    )
    scored = [
        (hit, hit.score * _covered(searcher, question, hit["shown"]["title"])) for hit in results
    ]
    scored.sort(key=lambda pair: -pair[1])
    yield from scored[:limit]


def _covered(searcher: Any, question: Question, title: str) -> float:
    """The share of the title's weight (rare words weigh more) that the question names."""
    plain = question.plain
    field = "plain_title" if plain else "title"
    own = words.folded(title) if plain else words.exact(title)
    asked = set(question.tokens[field])
    weights = {token: searcher.idf(field, token) for token in set(own)}
    total = sum(weights.values())
    if not total:
        return UNCOVERED
    covered = sum(weight for token, weight in weights.items() if token in asked)
    return UNCOVERED + (1 - UNCOVERED) * float(covered / total)
