"""Signs, Greek letters, numbers and contractions as words."""

from __future__ import annotations

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ϵ": "epsilon", "ζ": "zeta",
    "η": "eta", "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "µ": "mu", "ν": "nu", "ξ": "xi",
    "π": "pi", "ρ": "rho", "σ": "sigma", "τ": "tau", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega",
    "Σ": "sum", "∑": "sum", "∏": "product", "Δ": "delta", "∇": "gradient", "∂": "partial", "√": "sqrt",
    "∞": "infinity", "ŷ": "yhat",
}  # fmt: skip
SIGNS = {
    "+": "plus", "*": "times", "·": "times", "×": "times", "⋅": "times", "/": "over", "÷": "over",
    "<": "less", ">": "greater", "≤": "atmost", "≥": "atleast", "≈": "about", "~": "about", "%": "percent",
    "^": "power", "**": "power", "|": "absolute", "∝": "proportional", "∈": "in",
}  # fmt: skip
NUMBER_WORDS = {
    "zero": 0.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0, "eight": 8.0,
    "nine": 9.0, "ten": 10.0, "twenty": 20.0, "hundred": 100.0, "thousand": 1000.0, "half": 0.5,
    "quarter": 0.25,
}  # fmt: skip
CONTRACTIONS = {
    "won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not", "cant": "can not",
    "dont": "do not", "doesnt": "does not", "isnt": "is not", "arent": "are not", "wont": "will not",
    "didnt": "did not", "dosnt": "does not", "havent": "have not", "wasnt": "was not",
    "wouldnt": "would not", "neednt": "need not", "alot": "a lot", "thru": "through", "vs": "versus",
    "bc": "because", "cuz": "because", "u": "you", "ur": "your",
}  # fmt: skip
"""Words as people type them; further ones in `n't` are split by rule."""
