"""Recurrent networks: their parameters, and single steps by hand."""

from __future__ import annotations

from math import tanh
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import beyond, sigmoid
from interviewprep.checks.numbers import Value, listed, plain

TOPIC = "recurrent"


def _signed(value: float) -> str:
    """A number that stands after an operator."""
    return plain(value) if value >= 0 else f"({plain(value)})"


# -- rnn-params ----------------------------------------------------------------------------------


class CellParams(NamedTuple):
    """One recurrent layer."""

    inputs: int
    hidden: int
    biases: int = 1
    """Bias vectors per block: 1, or 2 as in PyTorch."""


def _block(p: CellParams) -> int:
    """Weights and biases of one block: an RNN has one, an LSTM four, a GRU three."""
    return p.hidden * (p.inputs + p.hidden) + p.biases * p.hidden


def _cells(block: int) -> tuple[int, int, int]:
    return block, 4 * block, 3 * block


def _cell_draw(draw: Draw) -> CellParams:
    sizes = (4, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128, 200, 256, 300, 512)
    return CellParams(draw.pick(sizes), draw.pick(sizes), draw.whole(1, 2))


def _cell_prompt(p: CellParams) -> str:
    convention = (
        "one bias vector per block (gate or candidate)"
        if p.biases == 1
        else "two bias vectors per block (gate or candidate), as in PyTorch"
    )
    return (
        f"A recurrent layer has {p.inputs} inputs and {p.hidden} hidden units, with {convention}."
        " How many parameters does it have as a plain RNN, as an LSTM, and as a GRU? Three whole numbers."
    )


def _cell_solve(p: CellParams) -> Solution:
    i, h = p.inputs, p.hidden
    block = _block(p)
    bias = f"{p.biases}*{h}" if p.biases > 1 else str(h)
    rnn, lstm, gru = _cells(block)
    return Solution(
        parts=tuple(
            Part(label, value, exact=True)
            for label, value in zip(("RNN", "LSTM", "GRU"), (rnn, lstm, gru), strict=True)
        ),
        steps=(
            f"one block: {h}*({i} + {h}) + {bias} = {h * (i + h):,} + {p.biases * h:,} = {block:,}",
            f"RNN:  1 block  = {rnn:,}",
            f"LSTM: 4 blocks (3 gates, candidate) = 4 * {block:,} = {lstm:,}",
            f"GRU:  3 blocks (2 gates, candidate) = 3 * {block:,} = {gru:,}",
        ),
        sense=f"A GRU has three quarters of the LSTM's parameters: {gru:,}/{lstm:,} = 0.75.",
    )


RNN_PARAMS = Family(
    name="rnn-params",
    title="RNN, LSTM and GRU parameters",
    topic=TOPIC,
    priority=0,
    concept="rnn-vs-lstm-vs-gru",
    example=CellParams(10, 20),
    sample=_cell_draw,
    prompt=_cell_prompt,
    formula="g * (h(i + h) + b*h);  g = 1 RNN, 4 LSTM, 3 GRU;  b bias vectors",
    solve=_cell_solve,
    mistakes=(
        Mistake(
            "gates-only",
            "counted the gates without the candidate",
            "The candidate has weights of its own: 3 gates + 1 = 4 (LSTM), 2 gates + 1 = 3 (GRU).",
            lambda p: (None, 3 * _block(p), 2 * _block(p)),
        ),
        Mistake(
            "two-biases",
            "counted two bias vectors per block",
            "Here a block has one bias vector; PyTorch (and Keras' GRU by default) has two.",
            lambda p: _cells(_block(p._replace(biases=2))) if p.biases == 1 else None,
        ),
        Mistake(
            "one-bias",
            "counted one bias vector per block",
            "PyTorch has two, one for the input and one for the state.",
            lambda p: _cells(_block(p._replace(biases=1))) if p.biases == 2 else None,
        ),
        Mistake(
            "no-recurrent",
            "left out the recurrent matrix",
            "The state goes in as well: h*h weights beside h*i.",
            lambda p: _cells(_block(p) - p.hidden**2),
        ),
        Mistake(
            "no-bias",
            "left out the biases",
            "Each block has h numbers per bias vector.",
            lambda p: _cells(_block(p._replace(biases=0))),
        ),
    ),
    mental=lambda draw: CellParams(draw.pick((2, 3, 5, 10)), draw.pick((2, 4, 5, 10)), draw.whole(1, 2)),
    level="medium",
    refs=("PyTorch documentation, RNN, LSTM, GRU", "Keras documentation, GRU (reset_after)"),
)


# -- rnn-step ------------------------------------------------------------------------------------


class StepParams(NamedTuple):
    """An RNN of one unit that reads two inputs."""

    w: float
    """Weight of the input."""
    u: float
    """Weight of the state."""
    b: float
    h0: float
    x: tuple[float, float]


def _states(p: StepParams) -> tuple[float, float]:
    first = tanh(p.w * p.x[0] + p.u * p.h0 + p.b)
    return first, tanh(p.w * p.x[1] + p.u * first + p.b)


def _step_draw(draw: Draw) -> StepParams:
    while True:
        w, u = (draw.pick((-1, 1)) * draw.step(0.2, 1.5, 0.1) for _ in range(2))
        b = 0 if draw.chance(0.4) else draw.pick((-1, 1)) * draw.step(0.1, 0.5, 0.1)
        h0 = 0 if draw.chance(0.6) else draw.pick((-1, 1)) * draw.step(0.2, 0.8, 0.1)
        x = tuple(draw.step(-2, 2, 0.5) for _ in range(2))
        p = StepParams(w, u, b, h0, (x[0], x[1]))
        inputs = [w * value + b for value in x]
        first = inputs[0] + u * h0
        second = inputs[1] + u * tanh(first)
        if all(0.05 < abs(z) < 2.5 for z in (*inputs, first, second)):
            return p


def _step_solve(p: StepParams) -> Solution:
    h1, h2 = _states(p)
    parts = (Part("h1", h1, digits=4), Part("h2", h2, digits=4))
    steps: list[str] = []
    before = p.h0
    for place, (x, part, h) in enumerate(zip(p.x, parts, (h1, h2), strict=True), 1):
        z = p.w * x + p.u * before + p.b
        terms = f"{plain(p.w)}*{_signed(x)} + {_signed(p.u)}*{_signed(before)} + {_signed(p.b)}"
        steps += [f"z{place} = {terms} = {plain(z)}", f"h{place} = tanh({plain(z)}) = {part.show(h)}"]
        before = h
    return Solution(
        parts=parts,
        steps=tuple(steps),
        sense="States lie between -1 and 1; both steps use the same w, u and b.",
    )


def _touched(p: StepParams, first: float, second: float) -> tuple[float | None, float]:
    """The wrong states, the first left out where it comes out right."""
    return (None if abs(first - _states(p)[0]) < 1e-12 else first), second


def _no_tanh(p: StepParams) -> tuple[float, float]:
    first = p.w * p.x[0] + p.u * p.h0 + p.b
    return first, p.w * p.x[1] + p.u * first + p.b


def _no_state(p: StepParams) -> tuple[float | None, float]:
    return _touched(p, tanh(p.w * p.x[0] + p.b), tanh(p.w * p.x[1] + p.b))


def _old_state(p: StepParams) -> tuple[None, float] | None:
    return (None, tanh(p.w * p.x[1] + p.u * p.h0 + p.b)) if p.h0 else None


def _squashed(p: StepParams) -> tuple[float, float]:
    first = sigmoid(p.w * p.x[0] + p.u * p.h0 + p.b)
    return first, sigmoid(p.w * p.x[1] + p.u * first + p.b)


RNN_STEP = Family(
    name="rnn-step",
    title="Two steps of a scalar RNN",
    topic=TOPIC,
    priority=0,
    concept="rnn",
    example=StepParams(0.5, 0.8, 0, 0, (1, 0)),
    sample=_step_draw,
    prompt=lambda p: (
        f"A plain RNN with one tanh unit has input weight {plain(p.w)}, recurrent weight {plain(p.u)} and"
        f" bias {plain(p.b)}. It starts at h0 = {plain(p.h0)} and reads the inputs {listed(p.x)}."
        " Give its states h1 and h2. 4 decimals each."
    ),
    formula="h_t = tanh(w * x_t + u * h_(t-1) + b)",
    solve=_step_solve,
    mistakes=(
        Mistake(
            "no-tanh",
            "left out the tanh",
            "The state is tanh of the sum, and the next step uses that state.",
            _no_tanh,
        ),
        Mistake(
            "no-recurrence",
            "left out the state before",
            "Each step adds u times the state before.",
            _no_state,
        ),
        Mistake(
            "old-state",
            "used h0 again in the second step",
            "The second step starts from h1.",
            _old_state,
        ),
        Mistake(
            "no-bias",
            "left out the bias",
            "The bias is added at every step.",
            lambda p: _states(p._replace(b=0)),
        ),
        Mistake(
            "swapped-weights",
            "swapped the two weights",
            "w belongs to the input, u to the state.",
            lambda p: _touched(p, *_states(p._replace(w=p.u, u=p.w))),
        ),
        Mistake(
            "sigmoid",
            "used the sigmoid for tanh",
            "tanh(0) is 0 and tanh takes negative values; the sigmoid lies between 0 and 1.",
            _squashed,
        ),
    ),
    level="medium",
    refs=("Goodfellow, Bengio & Courville 2016, Deep Learning, 10.2",),
)


# -- lstm-step -----------------------------------------------------------------------------------


class LstmParams(NamedTuple):
    """Values of the gates and of the candidate, and the cell state before."""

    f: float
    i: float
    g: float
    o: float
    c: float


def _lstm(c: float, o: float) -> tuple[float, float]:
    return c, o * tanh(c)


def _lstm_draw(draw: Draw) -> LstmParams:
    while True:
        f, i, o = (draw.step(0.1, 0.95, 0.05) for _ in range(3))
        g = draw.pick((-1, 1)) * draw.step(0.2, 0.9, 0.1)
        before = draw.pick((-1, 1)) * draw.step(0.3, 2.5, 0.1)
        if f != 0.5 and abs(f * before + i * g) >= 0.3:
            return LstmParams(f, i, g, o, before)


def _lstm_solve(p: LstmParams) -> Solution:
    kept, added = p.f * p.c, p.i * p.g
    c, h = _lstm(kept + added, p.o)
    parts = (Part("c", c, digits=4), Part("h", h, digits=4))
    return Solution(
        parts=parts,
        steps=(
            f"kept:  f*c = {plain(p.f)}*{_signed(p.c)} = {plain(kept)}",
            f"added: i*g = {plain(p.i)}*{_signed(p.g)} = {plain(added)}",
            f"c = {plain(kept)} + {_signed(added)} = {plain(c)}",
            f"tanh({plain(c)}) = {plain(tanh(c))}",
            f"h = o*tanh(c) = {plain(p.o)}*{_signed(tanh(c))} = {parts[1].show()}",
        ),
        sense=f"|h| is below o = {plain(p.o)}, as |tanh| is below 1; c itself has no such bound.",
    )


LSTM_STEP = Family(
    name="lstm-step",
    title="LSTM step from gate values",
    topic=TOPIC,
    priority=0,
    concept="lstm",
    example=LstmParams(f=0.9, i=0.5, g=0.4, o=0.6, c=1.5),
    sample=_lstm_draw,
    prompt=lambda p: (
        f"In one step of an LSTM unit the gates are f = {plain(p.f)} (forget), i = {plain(p.i)} (input) and"
        f" o = {plain(p.o)} (output), the candidate is g = {plain(p.g)}, and the cell state before is"
        f" {plain(p.c)}. Give the new cell state c, then the new hidden state h. 4 decimals each."
    ),
    formula="c = f * c_prev + i * g;  h = o * tanh(c)",
    solve=_lstm_solve,
    rule=lambda p: beyond(0, 1, f=p.f, i=p.i, o=p.o),
    mistakes=(
        Mistake(
            "no-tanh",
            "multiplied o by c itself",
            "The cell state goes through tanh first: h = o * tanh(c).",
            lambda p: (None, p.o * (p.f * p.c + p.i * p.g)),
        ),
        Mistake(
            "erase",
            "took f for the share that is erased",
            "f is the share that is KEPT: f = 1 keeps everything.",
            lambda p: _lstm((1 - p.f) * p.c + p.i * p.g, p.o),
        ),
        Mistake(
            "product",
            "multiplied the two terms",
            "The cell state is a sum: what is kept plus what is added.",
            lambda p: _lstm(p.f * p.c * p.i * p.g, p.o),
        ),
        Mistake(
            "no-input-gate",
            "added the candidate without its gate",
            "The input gate scales the candidate: i * g.",
            lambda p: _lstm(p.f * p.c + p.g, p.o),
        ),
        Mistake(
            "coupled",
            "used 1 - f for the input gate",
            "An LSTM has an input gate of its own; it is the GRU that uses z and 1 - z.",
            lambda p: _lstm(p.f * p.c + (1 - p.f) * p.g, p.o),
        ),
    ),
    level="medium",
    refs=("Gers, Schmidhuber & Cummins 2000, Learning to forget",),
)


# -- gru-step ------------------------------------------------------------------------------------


class GruParams(NamedTuple):
    """The update gate, the state before and the candidate."""

    z: float
    before: float
    candidate: float
    z_keeps: bool = True
    """Whether z multiplies the state before (Cho et al.) or the candidate (Chung et al.)."""


def _gru(p: GruParams) -> float:
    keep = p.z if p.z_keeps else 1 - p.z
    return keep * p.before + (1 - keep) * p.candidate


def _gru_draw(draw: Draw) -> GruParams:
    z = draw.pick((0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95))
    before, candidate = (draw.pick((-1, 1)) * draw.step(0.05, 0.95, 0.05) for _ in range(2))
    return GruParams(z, before, candidate, draw.chance(0.65))


def _gru_mental(draw: Draw) -> GruParams:
    before, candidate = (draw.pick((-1, 1)) * draw.pick((0.2, 0.4, 0.6, 0.8)) for _ in range(2))
    return GruParams(draw.pick((0.1, 0.2, 0.25, 0.75, 0.8, 0.9)), before, candidate, draw.chance(0.65))


def _gru_prompt(p: GruParams) -> str:
    convention = (
        "z multiplies the OLD state, as in Cho et al. 2014, PyTorch and Keras"
        if p.z_keeps
        else "z multiplies the CANDIDATE, as in Chung et al. 2014"
    )
    return (
        f"In one step of a GRU unit the update gate is z = {plain(p.z)}, the old state"
        f" {plain(p.before)} and the candidate {plain(p.candidate)}; {convention}."
        " What is the new state? 3 decimals."
    )


def _gru_solve(p: GruParams) -> Solution:
    answer = _gru(p)
    part = Part("", answer, digits=3)
    rest = 1 - p.z
    of_z, of_rest = (p.before, p.candidate) if p.z_keeps else (p.candidate, p.before)
    one, two = ("old state", "candidate") if p.z_keeps else ("candidate", "old state")
    low, high = sorted((p.before, p.candidate))
    return Solution(
        parts=(part,),
        steps=(
            f"{f'z * {one}':<19} = {plain(p.z)}*{_signed(of_z)} = {plain(p.z * of_z)}",
            f"{f'(1 - z) * {two}':<19} = {plain(rest)}*{_signed(of_rest)} = {plain(rest * of_rest)}",
            f"sum: {plain(p.z * of_z)} + {_signed(rest * of_rest)} = {part.show()}",
        ),
        sense=f"A weighted average: between {plain(low)} and {plain(high)}.",
    )


def _without_rest(p: GruParams) -> tuple[Value]:
    return (p.z * p.before + p.candidate if p.z_keeps else p.before + p.z * p.candidate,)


GRU_STEP = Family(
    name="gru-step",
    title="GRU step from gate values",
    topic=TOPIC,
    priority=1,
    concept="gru",
    example=GruParams(0.25, 0.8, -0.4),
    sample=_gru_draw,
    prompt=_gru_prompt,
    formula="h = z * h_prev + (1 - z) * h~  (Chung et al.: z and 1 - z swapped)",
    solve=_gru_solve,
    rule=lambda p: beyond(0, 1, z=p.z),
    mistakes=(
        Mistake(
            "other-convention",
            "used the other convention",
            "Check which term z multiplies: papers and libraries differ.",
            lambda p: (_gru(p._replace(z_keeps=not p.z_keeps)),),
        ),
        Mistake(
            "no-complement",
            "left out the factor 1 - z",
            "One gate does both: what it takes from one term it gives to the other.",
            _without_rest,
        ),
        Mistake(
            "same-gate",
            "multiplied both terms by z",
            "The two weights z and 1 - z add to 1.",
            lambda p: (p.z * (p.before + p.candidate),),
        ),
    ),
    mental=_gru_mental,
    level="easy",
    refs=(
        "Cho et al. 2014, Learning phrase representations using RNN encoder-decoder, eq. 7",
        "Chung et al. 2014, Empirical evaluation of gated recurrent neural networks",
    ),
)

FAMILIES = (RNN_PARAMS, RNN_STEP, LSTM_STEP, GRU_STEP)
