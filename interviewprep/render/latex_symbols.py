"""The LaTeX names the formulas know, and what each becomes in Unicode.

Only characters of the basic plane are used: terminal fonts have them, and a screen reader can name them.
"""

from __future__ import annotations

from enum import Enum
from typing import Final


class Kind(Enum):
    """What a piece of a formula is, as TeX sorts its atoms; spacing follows from it."""

    ORDINARY = "ordinary"
    WORD = "word"
    FUNCTION = "function"
    LARGE = "large"
    PREFIX = "prefix"
    BINARY = "binary"
    RELATION = "relation"
    OPEN = "open"
    CLOSE = "close"
    BAR = "bar"
    PUNCTUATION = "punctuation"
    FRACTION = "fraction"
    SPACE = "space"


def _names(text: str) -> frozenset[str]:
    """Names separated by spaces."""
    return frozenset(text.split())


def table(text: str) -> dict[str, str]:
    """Names and signs from a readable table: `name sign name sign ...`."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


ORDINARY: Final = table("""
    alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
    lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ
    phi φ varphi φ chi χ psi ψ omega ω
    Gamma Γ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
    infty ∞ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ wp ℘ emptyset ∅ varnothing ∅ top ⊤ bot ⊥ intercal ᵀ
    forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ angle ∠ triangle △ square □ Box □ blacksquare ■
    prime ′ degree ° dagger † ddagger ‡ checkmark ✓ imath i jmath j
    ldots … dots … cdots … dotsc … dotsb … dotsm … vdots ⋮ ddots ⋱ surd √ therefore ∴ because ∵
    backslash \\ S § P ¶ pounds £ euro € yen ¥ copyright © aa å
""")
"""Signs that stand for a thing."""

PREFIXES: Final = table("nabla ∇ partial ∂ Delta Δ")
"""Signs written tight before what they act on."""

BINARIES: Final = table("""
    cdot · times × div ÷ pm ± mp ∓ ast * star ⋆ circ ∘ bullet • odot ⊙ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘
    cap ∩ cup ∪ sqcup ⊔ sqcap ⊓ setminus ∖ smallsetminus ∖ wedge ∧ land ∧ vee ∨ lor ∨ uplus ⊎ bmod mod
""")

RELATIONS: Final = table("""
    leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ lt < gt > ll ≪ gg ≫ neq ≠ ne ≠ equiv ≡ approx ≈ sim ∼ simeq ≃
    cong ≅ propto ∝ doteq ≐ triangleq ≜ coloneqq := in ∈ notin ∉ ni ∋ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇
    perp ⊥ parallel ∥ mid | models ⊨ vdash ⊢ prec ≺ succ ≻ preceq ⪯ succeq ⪰ lesssim ≲ gtrsim ≳
    to → rightarrow → longrightarrow ⟶ leftarrow ← gets ← longleftarrow ⟵ leftrightarrow ↔ mapsto ↦
    Rightarrow ⇒ implies ⇒ Longrightarrow ⟹ Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ longmapsto ⟼
    uparrow ↑ downarrow ↓ nearrow ↗ searrow ↘ hookrightarrow ↪ leadsto ⇝
    rightsquigarrow ⇝ rightleftharpoons ⇌ colon :
""")

LARGE: Final = table("""
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀
    bigwedge ⋀ bigvee ⋁
""")
"""Large operators: they act on what follows, with a space."""

FUNCTIONS: Final = _names("""
    log ln lg exp sin cos tan cot sec csc sinh cosh tanh coth arcsin arccos arctan max min sup inf lim limsup
    liminf arg argmax argmin det dim ker gcd deg Pr hom softmax sigmoid relu tr rank diag sign sgn Var Cov
""")
"""Names set upright before their argument; the last ones are no LaTeX but are written all the same."""

DELIMITERS: Final = table("""
    lbrace { rbrace } lbrack [ rbrack ] langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert |
    lVert ‖ rVert ‖ Vert ‖ vert | lgroup ( rgroup ) { { } } | ‖
""")
"""What may follow \\left, \\right and the sizes, besides the plain brackets."""

OPENING: Final = _names("lbrace lbrack langle lfloor lceil lvert lVert lgroup {")
CLOSING: Final = _names("rbrace rbrack rangle rfloor rceil rvert rVert rgroup }")
BARS: Final = _names("Vert vert |")

ACCENTS: Final = {
    "hat": "\u0302",
    "widehat": "\u0302",
    "bar": "\u0304",
    "overline": "\u0304",
    "tilde": "\u0303",
    "widetilde": "\u0303",
    "dot": "\u0307",
    "ddot": "\u0308",
    "vec": "\u20d7",
    "acute": "\u0301",
    "grave": "\u0300",
    "check": "\u030c",
    "breve": "\u0306",
    "underline": "\u0332",
    "mathring": "\u030a",
}
"""Marks over (or under) a letter, as combining characters."""

FONTS: Final = _names("mathbf boldsymbol bm mathit mathsf mathtt mathfrak mathnormal pmb symbf symbfit symit")
"""Fonts that a terminal has no safe letters for: the plain letter is shown."""

UPRIGHT: Final = _names("text textrm textbf textit textsf texttt textnormal mbox hbox emph")
"""Commands whose argument is words, spaces included."""

SCRIPT_LETTERS: Final = table("B ℬ E ℰ F ℱ H ℋ I ℐ L ℒ M ℳ R ℛ")
DOUBLE_LETTERS: Final = table("C ℂ H ℍ N ℕ P ℙ Q ℚ R ℝ Z ℤ")
"""Letters of \\mathcal and \\mathbb in the basic plane; the others stay plain."""

SPACES: Final = {",": " ", ":": " ", ";": " ", " ": " ", "\n": " ", "~": " ", "!": "", ">": " ", "quad": "  ",
                 "qquad": "   ", "thinspace": " ", "enspace": " ", "space": " ", "hspace": " "}  # fmt: skip

IGNORED: Final = _names("""
    displaystyle textstyle scriptstyle limits nolimits nonumber notag rm it bf cal mathord mathop mathbin
    mathrel big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm allowbreak
""")
"""Layout commands without a meaning here."""

SIGNS: Final[dict[str, tuple[str, Kind]]] = {
    **{name: (sign, Kind.OPEN) for name, sign in DELIMITERS.items() if name in OPENING},
    **{name: (sign, Kind.CLOSE) for name, sign in DELIMITERS.items() if name in CLOSING},
    **{name: (sign, Kind.BAR) for name, sign in DELIMITERS.items() if name in BARS},
    **{name: (sign, Kind.ORDINARY) for name, sign in ORDINARY.items()},
    **{name: (sign, Kind.PREFIX) for name, sign in PREFIXES.items()},
    **{name: (sign, Kind.BINARY) for name, sign in BINARIES.items()},
    **{name: (sign, Kind.RELATION) for name, sign in RELATIONS.items()},
    **{name: (sign, Kind.LARGE) for name, sign in LARGE.items()},
    **{name: (name, Kind.FUNCTION) for name in FUNCTIONS},
    **{sign: (sign, Kind.ORDINARY) for sign in "%$&#_"},
}
"""Every command that stands for itself, with what it becomes."""

CHARACTER_KINDS: Final[dict[str, Kind]] = (
    {sign: Kind.RELATION for sign in RELATIONS.values() if len(sign) == 1 and sign not in "|:⊥"}
    | {sign: Kind.BINARY for sign in BINARIES.values() if len(sign) == 1}
    | dict.fromkeys(LARGE.values(), Kind.LARGE)
    | dict.fromkeys("∇∂Δ", Kind.PREFIX)
    | dict.fromkeys("([⟨⌊⌈", Kind.OPEN)
    | dict.fromkeys(")]⟩⌋⌉", Kind.CLOSE)
    | dict.fromkeys(",;", Kind.PUNCTUATION)
    | dict.fromkeys("|‖", Kind.BAR)
    | {"=": Kind.RELATION, "+": Kind.BINARY, "−": Kind.BINARY}
)
"""How a character written as itself behaves."""

SUPERSCRIPTS: Final = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤ᵀ′*⋆∘°†",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀᵀ′**°°†",
        strict=True,
    )
)
SUBSCRIPTS: Final = dict(
    zip("0123456789+−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
"""Characters that have a small form. Greek ones exist but few fonts draw them well."""
