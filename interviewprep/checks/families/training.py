"""Counting batches, initialising, dropping units, and gradients by hand."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.families.activations import bracketed, sigmoid
from interviewprep.checks.families.losses import drawn_shares
from interviewprep.checks.families.optimizers import fine, fine_bracketed
from interviewprep.checks.family import Family, Mistake, Part, Solution, Wrong
from interviewprep.checks.numbers import Vector, listed, plain

TOPIC = "training"


# -- batch-counts --------------------------------------------------------------------------------


class BatchParams(NamedTuple):
    """Examples, batch size, epochs; whether a partial batch is dropped; batches per optimizer step."""

    n: int
    batch: int
    epochs: int
    drop_last: bool = False
    accumulation: int = 1


def _per_epoch(p: BatchParams) -> tuple[int, int]:
    """Batches and optimizer steps of one epoch."""
    batches = p.n // p.batch if p.drop_last else ceil(p.n / p.batch)
    return batches, ceil(batches / p.accumulation)


def _other_batches(p: BatchParams) -> int:
    """Batches of one epoch with a partial one treated the other way round."""
    return ceil(p.n / p.batch) if p.drop_last else p.n // p.batch


def _batch_draw(draw: Draw) -> BatchParams:
    batch = draw.pick((8, 16, 32, 64, 128, 256, 512))
    epochs = draw.pick((1, 2, 3, 4, 5, 10, 20))
    if draw.chance(0.4):
        n = batch * draw.whole(3, 150)
        epochs = max(2, epochs)
    else:
        n = draw.pick((10, 50, 100, 500)) * draw.whole(5, 200)
    return BatchParams(n, batch, epochs, draw.chance(0.3), draw.pick((2, 4, 8)) if draw.chance(0.25) else 1)


def _batch_mental(draw: Draw) -> BatchParams:
    batch = draw.pick((10, 20, 25, 50, 100))
    n = batch * draw.whole(4, 30) + draw.pick((0, 5, 7, 9))
    return BatchParams(n, batch, draw.pick((2, 3, 5, 10)), draw.chance(0.3))


def _batch_prompt(p: BatchParams) -> str:
    rules = [f"A last, smaller batch is {'dropped' if p.drop_last else 'kept'}"]
    if p.accumulation > 1:
        rules.append(
            f"gradients are accumulated over {p.accumulation} batches per step, and what is left over at the"
            " end of an epoch gets a step of its own"
        )
    return (
        f"{plain(p.n)} training examples in batches of {plain(p.batch)}: how many optimizer steps are"
        f" there in {plain(p.epochs)} epoch{'s' if p.epochs > 1 else ''}? {'; '.join(rules)}. A whole number."
    )


def _batch_solve(p: BatchParams) -> Solution:
    batches, steps = _per_epoch(p)
    exact = p.n / p.batch
    part = Part("", steps * p.epochs, exact=True)
    turned = "" if exact == batches else f", {'down' if p.drop_last else 'up'} to {plain(batches)}"
    working = [f"batches per epoch: {plain(p.n)} / {plain(p.batch)} = {fine(exact)}{turned}"]
    if p.accumulation > 1:
        groups = batches / p.accumulation
        turned = "" if groups == steps else f", up to {plain(steps)}"
        working.append(f"steps per epoch: {plain(batches)} / {p.accumulation} = {fine(groups)}{turned}")
    working.append(f"steps in all: {plain(steps)} * {plain(p.epochs)} = {part.show()}")
    room = f"{plain(batches)} full batches hold {plain(batches * p.batch)} examples"
    return Solution((part,), tuple(working), f"{room}; an epoch has {plain(p.n)}.")


BATCH_COUNTS = Family(
    name="batch-counts",
    title="Examples, batches, epochs, steps",
    topic=TOPIC,
    priority=0,
    concept="epoch-batch-iteration",
    example=BatchParams(n=1000, batch=64, epochs=3),
    sample=_batch_draw,
    prompt=_batch_prompt,
    formula="steps = ceil(N / B) * epochs; floor where the last partial batch is dropped",
    solve=_batch_solve,
    mistakes=(
        Mistake(
            "dropped-partial",
            "dropped the partial batch",
            "The last, smaller batch is a step too: round up.",
            lambda p: None if p.drop_last else (ceil(_other_batches(p) / p.accumulation) * p.epochs,),
        ),
        Mistake(
            "kept-partial",
            "counted the partial batch",
            "It is dropped here: round down.",
            lambda p: (ceil(_other_batches(p) / p.accumulation) * p.epochs,) if p.drop_last else None,
        ),
        Mistake(
            "extra-batch",
            "added a batch although the division leaves no rest",
            "Round up only where examples are left over.",
            lambda p: (
                ((p.n // p.batch + 1) * p.epochs,) if p.n % p.batch == 0 and p.accumulation == 1 else None
            ),
        ),
        Mistake(
            "fraction",
            "left a fraction of a batch",
            "Steps are whole: round the batches of each epoch first.",
            lambda p: (p.n / p.batch / p.accumulation * p.epochs,),
        ),
        Mistake(
            "one-epoch",
            "counted one epoch only",
            "Multiply by the number of epochs.",
            lambda p: (_per_epoch(p)[1],),
        ),
        Mistake(
            "across-epochs",
            "let batches run across the end of an epoch",
            "Every epoch starts with a fresh batch: round first, then multiply.",
            lambda p: (
                (p.n * p.epochs // p.batch if p.drop_last else ceil(p.n * p.epochs / p.batch),)
                if p.accumulation == 1
                else None
            ),
        ),
        Mistake(
            "no-accumulation",
            "counted batches, not optimizer steps",
            "Divide the batches of an epoch by those accumulated per step.",
            lambda p: (_per_epoch(p)[0] * p.epochs,),
        ),
    ),
    mental=_batch_mental,
    level="easy",
)


# -- init-std ------------------------------------------------------------------------------------


class InitParams(NamedTuple):
    """Units in and out of a dense layer, or channels of a convolution with a square kernel."""

    fan_in: int
    fan_out: int
    kernel: int = 0
    """0: a dense layer. Else `fan_in` and `fan_out` are channels."""


_DENSE_FANS = (16, 32, 64, 100, 128, 200, 256, 300, 400, 512, 784, 800, 1024, 2048, 4096)


def _init_draw(draw: Draw) -> InitParams:
    if draw.chance(0.35):
        fan_in, fan_out = draw.several((3, 8, 16, 32, 64, 96, 128, 256, 512), 2)
        return InitParams(fan_in, fan_out, draw.pick((3, 3, 5, 7)))
    while True:
        fan_in, fan_out = draw.several(_DENSE_FANS, 2)
        if 1 / 16 <= fan_in / fan_out <= 8:
            return InitParams(fan_in, fan_out)


def _init_mental(draw: Draw) -> InitParams:
    fan_in, kernel = draw.pick(((8, 3), (18, 3), (50, 3), (2, 5), (8, 5), (32, 5)))
    return InitParams(fan_in, draw.pick((4, 10, 16, 64)), kernel)


def _he(fan: float) -> float:
    return sqrt(2 / fan)


def _dense_init(p: InitParams) -> tuple[float, float, float]:
    """Xavier std, He std, Xavier uniform limit."""
    total = p.fan_in + p.fan_out
    return sqrt(2 / total), _he(p.fan_in), sqrt(6 / total)


def _init_prompt(p: InitParams) -> str:
    if p.kernel:
        return (
            f"A convolution with {p.kernel}x{p.kernel} kernels, {p.fan_in} input and {p.fan_out} output"
            " channels is followed by ReLU. What standard deviation does He initialization (fan_in mode)"
            " give its weights? 3 significant digits."
        )
    return (
        f"A dense layer has {p.fan_in} inputs and {p.fan_out} outputs. Give the standard deviation of Xavier"
        " initialization (gain 1), that of He initialization (fan_in mode, for ReLU), and the limit a of"
        " Xavier's uniform version on [-a, a]. In this order, 3 significant digits each."
    )


def _init_solve(p: InitParams) -> Solution:
    if p.kernel:
        fan = p.kernel**2 * p.fan_in
        part = Part("", _he(fan), relative=0.005, significant=3)
        return Solution(
            (part,),
            (
                f"fan_in = {p.kernel} * {p.kernel} * {p.fan_in} = {plain(fan)} inputs per output value",
                f"sqrt(2 / {plain(fan)}) = sqrt({fine(2 / fan, 8)}) = {part.show()}",
            ),
            "Many inputs are added up, so each weight must be small.",
        )
    xavier, he, limit = _dense_init(p)
    parts = (
        Part("Xavier", xavier, relative=0.005, significant=3),
        Part("He", he, relative=0.005, significant=3),
        Part("limit", limit, relative=0.005, significant=3),
    )
    total = p.fan_in + p.fan_out
    return Solution(
        parts,
        (
            f"fan_in + fan_out = {p.fan_in} + {p.fan_out} = {total}",
            f"Xavier: sqrt(2 / {total}) = {parts[0].show()}",
            f"He:     sqrt(2 / {p.fan_in}) = {parts[1].show()}",
            f"limit:  sqrt(6 / {total}) = {parts[2].show()}",
        ),
        "He's is larger (fan_in alone counts); the limit is sqrt(3) times Xavier's.",
    )


def _init_variance(p: InitParams) -> Wrong:
    if p.kernel:
        return (2 / (p.kernel**2 * p.fan_in),)
    return 2 / (p.fan_in + p.fan_out), 2 / p.fan_in, None


def _he_with(fan: Callable[[InitParams], float]) -> Callable[[InitParams], Wrong]:
    """He's standard deviation from another fan; the one part asked of a convolution."""
    return lambda p: (_he(fan(p)),) if p.kernel else (None, _he(fan(p)))


INIT_STD = Family(
    name="init-std",
    title="Xavier and He standard deviation",
    topic=TOPIC,
    priority=0,
    concept="xavier-vs-he",
    example=InitParams(fan_in=256, fan_out=128),
    sample=_init_draw,
    prompt=_init_prompt,
    formula="Xavier: sqrt(2 / (in + out)), limit sqrt(6 / (in + out));  He: sqrt(2 / in), conv in = k k C_in",
    solve=_init_solve,
    mistakes=(
        Mistake("variance", "gave the variance", "The standard deviation is its root.", _init_variance),
        Mistake(
            "he-without-two",
            "left the 2 out of He's formula",
            "ReLU halves the variance: sqrt(2 / fan_in) makes up for it.",
            _he_with(lambda p: 2 * max(1, p.kernel) ** 2 * p.fan_in),
        ),
        Mistake(
            "he-fan-out",
            "used fan_out for He",
            "In fan_in mode the inputs count: sqrt(2 / fan_in).",
            _he_with(lambda p: max(1, p.kernel) ** 2 * p.fan_out),
        ),
        Mistake(
            "no-kernel",
            "took the input channels for fan_in",
            "Each output sees k * k values of every input channel: fan_in = k k C_in.",
            lambda p: (_he(p.fan_in),) if p.kernel else None,
        ),
        Mistake(
            "he-limit",
            "gave the limit of He's uniform version",
            "Xavier's limit is sqrt(6 / (fan_in + fan_out)).",
            lambda p: None if p.kernel else (None, None, sqrt(6 / p.fan_in)),
        ),
    ),
    mental=_init_mental,
    refs=("Glorot & Bengio 2010 (Xavier)", "He et al. 2015 (He)"),
)


# -- dropout-scale -------------------------------------------------------------------------------


class DropoutParams(NamedTuple):
    """The drop rate with either outputs and their mask, or (with no outputs) a number of units."""

    p: float
    x: Vector = ()
    mask: Vector = ()
    """1 keeps a unit, 0 drops it."""
    units: int = 0


def _dropped(p: DropoutParams, factor: float) -> tuple[Vector] | None:
    if p.units:
        return None
    return (tuple(v * m * factor for v, m in zip(p.x, p.mask, strict=True)),)


def _mask(draw: Draw, count: int) -> Vector:
    while True:
        mask = tuple(draw.pick((0, 1)) for _ in range(count))
        if 0 < sum(mask) < count:
            return mask


def _dropout_draw(draw: Draw) -> DropoutParams:
    if draw.chance(0.35):
        percent = draw.pick((10, 15, 20, 25, 30, 35, 40, 60))
        return DropoutParams(percent / 100, units=20 * draw.whole(2, 60))
    rate = draw.pick((0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6))
    x = tuple(draw.step(-4, 8, 0.5) for _ in range(draw.whole(3, 4)))
    if 0 in x:
        x = tuple(v or 1 for v in x)
    return DropoutParams(rate, x, _mask(draw, len(x)))


def _dropout_mental(draw: Draw) -> DropoutParams:
    if draw.chance(0.4):
        return DropoutParams(draw.pick((10, 20, 25, 30, 40)) / 100, units=20 * draw.whole(2, 20))
    x = tuple(4 * draw.whole(1, 6) for _ in range(4))
    return DropoutParams(draw.pick((0.2, 0.5, 0.5, 0.75)), x, _mask(draw, 4))


def _dropout_prompt(p: DropoutParams) -> str:
    if p.units:
        return (
            f"A layer of {plain(p.units)} units is trained with {plain(100 * p.p)}% dropout. How many of them"
            " are active in a training step on average? A whole number."
        )
    return (
        f"A layer with outputs {listed(p.x)} uses inverted dropout with drop rate {plain(p.p)}; the mask"
        f" drawn is {listed(p.mask)} (1 keeps). What does it pass on in training? 3 decimals each."
    )


def _dropout_solve(p: DropoutParams) -> Solution:
    keep = 1 - p.p
    if p.units:
        kept = p.units * keep
        part = Part("", round(kept) if abs(kept - round(kept)) < 1e-9 else kept, exact=True)
        return Solution(
            (part,),
            (
                f"share kept: 1 - {plain(p.p)} = {plain(keep)}",
                f"{plain(p.units)} * {plain(keep)} = {part.show()}",
            ),
            f"{plain(p.units * p.p)} dropped and {plain(kept)} kept make {plain(p.units)}.",
        )
    made = _dropped(p, 1 / keep)
    part = Part("", made[0] if made else (), digits=3)
    return Solution(
        (part,),
        (
            f"those kept are divided by 1 - {plain(p.p)} = {plain(keep)}",
            *(
                f"{plain(x)} * {plain(m)} / {plain(keep)} = {part.show(x * m / keep)}"
                for x, m in zip(p.x, p.mask, strict=True)
            ),
        ),
        f"On average over masks each output keeps its value: {plain(keep)} * (1 / {plain(keep)}) = 1.",
    )


DROPOUT_SCALE = Family(
    name="dropout-scale",
    title="Inverted dropout",
    topic=TOPIC,
    priority=0,
    concept="dropout",
    example=DropoutParams(0.5, x=(2, 4, 6, 8), mask=(1, 0, 1, 0)),
    sample=_dropout_draw,
    prompt=_dropout_prompt,
    formula="x * mask / (1 - p);  kept on average: n (1 - p)",
    solve=_dropout_solve,
    mistakes=(
        Mistake(
            "no-scaling",
            "masked without scaling",
            "Inverted dropout divides by 1 - p in training.",
            lambda p: _dropped(p, 1),
        ),
        Mistake(
            "old-rule",
            "multiplied by 1 - p",
            "That is the old rule for test time; inverted dropout divides in training.",
            lambda p: _dropped(p, 1 - p.p),
        ),
        Mistake(
            "divided-by-p",
            "divided by p",
            "p is the share dropped: divide by the share kept, 1 - p.",
            lambda p: _dropped(p, 1 / p.p),
        ),
        Mistake(
            "mask-inverted",
            "dropped the units to be kept",
            "1 in the mask keeps a unit, 0 drops it.",
            lambda p: _dropped(p._replace(mask=tuple(1 - m for m in p.mask)), 1 / (1 - p.p)),
        ),
        Mistake(
            "dropped-units",
            "counted the units dropped",
            "p is the DROP rate: n (1 - p) are kept.",
            lambda p: (round(p.units * p.p, 9),) if p.units else None,
        ),
        Mistake(
            "percent-as-count",
            "subtracted the percentage as a number of units",
            "Take the percentage of the units: n (1 - p).",
            lambda p: (round(p.units - 100 * p.p, 9),) if p.units > 100 * p.p else None,
        ),
    ),
    mental=_dropout_mental,
    refs=("Srivastava et al. 2014 (dropout)",),
    level="easy",
)


# -- backprop-tiny and backprop-sigmoid ----------------------------------------------------------


class TinyNetParams(NamedTuple):
    """One input, one hidden unit, one linear output unit, and the target."""

    x: float
    w1: float
    b1: float
    w2: float
    b2: float
    y: float

    @property
    def z1(self) -> float:
        """What the hidden unit's activation is given."""
        return self.w1 * self.x + self.b1


class Passes(NamedTuple):
    """What the forward and the backward pass give, for L = (y_hat - y)^2 / 2."""

    y_hat: float
    loss: float
    dw2: float
    db2: float
    dw1: float
    db1: float


def _passes(p: TinyNetParams, a1: float, slope: float) -> Passes:
    """Forward with the activation's output `a1`, back with its derivative `slope`."""
    y_hat = p.w2 * a1 + p.b2
    error = y_hat - p.y
    delta = error * p.w2 * slope
    return Passes(y_hat, error**2 / 2, error * a1, error, delta * p.x, delta)


def _relu(p: TinyNetParams) -> tuple[float, int]:
    """Output and derivative of the hidden unit."""
    return (p.z1, 1) if p.z1 > 0 else (0, 0)


def _sigmoid(p: TinyNetParams) -> tuple[float, float]:
    a1 = sigmoid(p.z1)
    return a1, a1 * (1 - a1)


def _without_w2(p: TinyNetParams, slope: float, right: Passes) -> Passes:
    delta = right.db2 * slope
    return right._replace(dw1=delta * p.x, db1=delta)


def _doubled(right: Passes) -> Passes:
    """All that follows from a loss without 1/2."""
    return Passes(right.y_hat, *(2 * v for v in right[1:]))


def _whole(value: float) -> float:
    """As an int where it is whole."""
    return int(value) if value == int(value) else value


def _relu_parts(found: Passes) -> tuple[float, ...]:
    return tuple(_whole(v) for v in found)


def _sigmoid_parts(found: Passes) -> tuple[float, ...]:
    return found.y_hat, found.loss, found.dw2, found.dw1, found.db1


def _changed(right: tuple[float, ...], made: tuple[float, ...]) -> Wrong:
    """The parts a mistake changes."""
    return tuple(None if a == b else b for a, b in zip(right, made, strict=True))


def _relu_mistake(made: Callable[[TinyNetParams, Passes], Passes]) -> Callable[[TinyNetParams], Wrong]:
    def wrong(p: TinyNetParams) -> Wrong:
        right = _passes(p, *_relu(p))
        return _changed(_relu_parts(right), _relu_parts(made(p, right)))

    return wrong


def _sigmoid_mistake(made: Callable[[TinyNetParams, Passes], Passes]) -> Callable[[TinyNetParams], Wrong]:
    def wrong(p: TinyNetParams) -> Wrong:
        right = _passes(p, *_sigmoid(p))
        return _changed(_sigmoid_parts(right), _sigmoid_parts(made(p, right)))

    return wrong


def _given(p: TinyNetParams) -> str:
    return ", ".join(f"{name} = {plain(value)}" for name, value in zip(p._fields, p, strict=True))


def _net_lines(p: TinyNetParams, a1: float, slope: float) -> tuple[str, ...]:
    """From a1 forward to the loss and back to w1."""
    found = _passes(p, a1, slope)
    y_hat, error, delta = fine(found.y_hat), fine_bracketed(found.db2), fine_bracketed(found.db1)
    return (
        f"y_hat = w2 a1 + b2 = {plain(p.w2)} * {fine(a1)} + {bracketed(p.b2)} = {y_hat}",
        f"L = ({y_hat} - {bracketed(p.y)})^2 / 2 = {fine(found.loss)}",
        f"d2 = y_hat - y = {fine(found.db2)} = dL/db2",
        f"dL/dw2 = d2 a1 = {error} * {fine(a1)} = {fine(found.dw2)}",
        f"d1 = d2 w2 f'(z1) = {error} * {bracketed(p.w2)} * {fine(slope)} = {fine(found.db1)} = dL/db1",
        f"dL/dw1 = d1 x = {delta} * {bracketed(p.x)} = {fine(found.dw1)}",
    )


def _hidden_line(p: TinyNetParams) -> str:
    return f"z1 = w1 x + b1 = {plain(p.w1)} * {bracketed(p.x)} + {bracketed(p.b1)} = {plain(p.z1)}"


def _whole_net(draw: Draw, largest: int, *, is_dead: bool) -> TinyNetParams:
    """Small whole numbers with a whole loss; `is_dead`: the hidden unit is off."""
    while True:
        p = TinyNetParams(
            x=draw.pick((-3, -2, 2, 3, 4)),
            w1=draw.pick((-1, 1)) * draw.whole(1, largest),
            b1=draw.whole(-3, 3),
            w2=draw.pick((-1, 1)) * draw.whole(2, largest),
            b2=draw.whole(-3, 3),
            y=draw.whole(-6, 9),
        )
        error = _passes(p, *_relu(p)).db2
        is_small = abs(p.z1) <= 9 and 0 < abs(error) <= 12
        if is_small and error % 2 == 0 and p.z1 not in {0, 1} and (p.z1 < 0) == is_dead:
            return p


def _tiny_draw(draw: Draw) -> TinyNetParams:
    return _whole_net(draw, 5, is_dead=draw.chance(0.12))


def _tiny_mental(draw: Draw) -> TinyNetParams:
    return _whole_net(draw, 3, is_dead=False)


def _tiny_solve(p: TinyNetParams) -> Solution:
    a1, slope = _relu(p)
    found = _relu_parts(_passes(p, a1, slope))
    parts = tuple(
        # A unit that is off has gradients of 0, and small whole numbers come up again.
        Part(label, value, exact=True, may_be_trivial=a1 == 0 or label in {"y_hat", "dL/db2"})
        for label, value in zip(("y_hat", "L", "dL/dw2", "dL/db2", "dL/dw1", "dL/db1"), found, strict=True)
    )
    return Solution(
        parts,
        (
            _hidden_line(p),
            f"a1 = ReLU({plain(p.z1)}) = {plain(a1)}, f'(z1) = {slope}",
            *_net_lines(p, a1, slope),
        ),
        "Each weight's gradient is its bias's gradient times its own input."
        if slope
        else "The hidden unit is off: no gradient reaches w1 and b1.",
    )


BACKPROP_TINY = Family(
    name="backprop-tiny",
    title="Backpropagation through a ReLU unit",
    topic=TOPIC,
    priority=0,
    concept="backpropagation",
    example=TinyNetParams(x=3, w1=1, b1=-1, w2=4, b2=0, y=2),
    sample=_tiny_draw,
    prompt=lambda p: (
        "A net with one hidden unit: a1 = ReLU(w1 x + b1), y_hat = w2 a1 + b2, L = (y_hat - y)^2 / 2."
        f" {_given(p)}. Give y_hat, L, dL/dw2, dL/db2, dL/dw1 and dL/db1 in this order, in whole numbers."
    ),
    formula="d2 = y_hat - y; dw2 = d2 a1; db2 = d2; d1 = d2 w2 f'(z1); dw1 = d1 x; db1 = d1",
    solve=_tiny_solve,
    mistakes=(
        Mistake(
            "no-x",
            "forgot the factor x in dL/dw1",
            "dL/dw1 = d1 x: the chain rule ends with the weight's own input.",
            _relu_mistake(lambda p, right: right._replace(dw1=right.db1)),
        ),
        Mistake(
            "no-w2",
            "forgot the factor w2 on the way back",
            "d1 = d2 w2 f'(z1): the error comes back through w2.",
            _relu_mistake(lambda p, right: _without_w2(p, _relu(p)[1], right)),
        ),
        Mistake(
            "no-a1",
            "forgot the factor a1 in dL/dw2",
            "dL/dw2 = d2 a1: the weight's own input is a factor.",
            _relu_mistake(lambda p, right: right._replace(dw2=right.db2) if p.z1 > 0 else right),
        ),
        Mistake(
            "no-half",
            "left the 1/2 out of the loss",
            "L = (y_hat - y)^2 / 2, so that dL/dy_hat = y_hat - y.",
            _relu_mistake(lambda p, right: _doubled(right)),
        ),
        Mistake(
            "passed-through",
            "passed the gradient through a ReLU that is off",
            "For z1 < 0 the derivative f'(z1) is 0.",
            _relu_mistake(lambda p, right: _passes(p, _relu(p)[0], 1)),
        ),
        Mistake(
            "no-relu",
            "left out the ReLU",
            "For z1 < 0 the unit gives a1 = 0.",
            _relu_mistake(lambda p, right: _passes(p, p.z1, 1)),
        ),
    ),
    mental=_tiny_mental,
    level="hard",
)


def _sigmoid_net_draw(draw: Draw) -> TinyNetParams:
    while True:
        p = TinyNetParams(
            x=draw.pick((-1, 1)) * draw.step(1.5, 3, 0.5),
            w1=draw.pick((-1, 1)) * draw.step(0.2, 1.5, 0.1),
            b1=draw.step(-1, 1, 0.1),
            w2=draw.pick((-1, 1)) * draw.step(0.5, 3, 0.5),
            b2=draw.step(-1, 1, 0.5),
            y=draw.step(-2, 2, 0.5),
        )
        if 0.1 <= abs(p.z1) < 3 and abs(_passes(p, *_sigmoid(p)).db2) >= 0.2:
            return p


def _sigmoid_net_solve(p: TinyNetParams) -> Solution:
    a1, slope = _sigmoid(p)
    parts = tuple(
        Part(label, value, digits=4)
        for label, value in zip(
            ("y_hat", "L", "dL/dw2", "dL/dw1", "dL/db1"), _sigmoid_parts(_passes(p, a1, slope)), strict=True
        )
    )
    return Solution(
        parts,
        (
            _hidden_line(p),
            f"a1 = 1 / (1 + e^{fine(-p.z1)}) = {fine(a1)}",
            f"f'(z1) = a1 (1 - a1) = {fine(a1)} * {fine(1 - a1)} = {fine(slope)}",
            *_net_lines(p, a1, slope),
        ),
        "The slope of a sigmoid is at most 0.25: the gradient shrinks on its way back.",
    )


BACKPROP_SIGMOID = Family(
    name="backprop-sigmoid",
    title="Backpropagation through a sigmoid unit",
    topic=TOPIC,
    priority=1,
    concept="backpropagation",
    example=TinyNetParams(x=2, w1=0.5, b1=0, w2=2, b2=-0.5, y=0),
    # w2 = x there: forgetting the one or the other gives the same dL/dw1.
    example_is_separable=False,
    sample=_sigmoid_net_draw,
    prompt=lambda p: (
        "A net with one hidden unit: a1 = sigmoid(w1 x + b1), y_hat = w2 a1 + b2, L = (y_hat - y)^2 / 2."
        f" {_given(p)}. Give y_hat, L, dL/dw2, dL/dw1 and dL/db1 in this order, 4 decimals each."
    ),
    formula="d2 = y_hat - y; dw2 = d2 a1; d1 = d2 w2 a1 (1 - a1); dw1 = d1 x; db1 = d1",
    solve=_sigmoid_net_solve,
    mistakes=(
        Mistake(
            "no-slope",
            "forgot the derivative of the sigmoid",
            "d1 = d2 w2 f'(z1) with f'(z1) = a1 (1 - a1).",
            _sigmoid_mistake(lambda p, right: _passes(p, _sigmoid(p)[0], 1)),
        ),
        Mistake(
            "z-slope",
            "used z (1 - z) for the derivative",
            "The derivative is a (1 - a) with a = sigmoid(z).",
            _sigmoid_mistake(lambda p, right: _passes(p, _sigmoid(p)[0], p.z1 * (1 - p.z1))),
        ),
        Mistake(
            "no-x",
            "forgot the factor x in dL/dw1",
            "dL/dw1 = d1 x: the chain rule ends with the weight's own input.",
            _sigmoid_mistake(lambda p, right: right._replace(dw1=right.db1)),
        ),
        Mistake(
            "no-w2",
            "forgot the factor w2 on the way back",
            "d1 = d2 w2 f'(z1): the error comes back through w2.",
            _sigmoid_mistake(lambda p, right: _without_w2(p, _sigmoid(p)[1], right)),
        ),
        Mistake(
            "no-a1",
            "forgot the factor a1 in dL/dw2",
            "dL/dw2 = d2 a1: the weight's own input is a factor.",
            _sigmoid_mistake(lambda p, right: right._replace(dw2=right.db2)),
        ),
        Mistake(
            "no-half",
            "left the 1/2 out of the loss",
            "L = (y_hat - y)^2 / 2, so that dL/dy_hat = y_hat - y.",
            _sigmoid_mistake(lambda p, right: _doubled(right)),
        ),
    ),
    level="hard",
)


# -- softmax-ce-grad -----------------------------------------------------------------------------


class SoftmaxGradientParams(NamedTuple):
    """Probabilities of a softmax layer and the true class, counted from 0."""

    p: Vector
    target: int

    @property
    def one_hot(self) -> Vector:
        """1 for the true class."""
        return tuple(1 if i == self.target else 0 for i in range(len(self.p)))


def _softmax_gradient(p: SoftmaxGradientParams) -> Vector:
    return tuple(a - b for a, b in zip(p.p, p.one_hot, strict=True))


def _softmax_gradient_draw(draw: Draw) -> SoftmaxGradientParams:
    count = draw.whole(3, 5)
    return SoftmaxGradientParams(drawn_shares(draw, count, draw.pick((20, 100))), draw.whole(0, count - 1))


def _softmax_gradient_mental(draw: Draw) -> SoftmaxGradientParams:
    return SoftmaxGradientParams(drawn_shares(draw, 3, 10), draw.whole(0, 2))


def _softmax_gradient_solve(p: SoftmaxGradientParams) -> Solution:
    gradient = _softmax_gradient(p)
    part = Part("", gradient, digits=3)
    return Solution(
        (part,),
        (
            f"the true class as a vector: y = {listed(p.one_hot)}",
            "dL/dz = p - y:",
            *(
                f"{plain(a)} - {plain(b)} = {part.show(g)}"
                for a, b, g in zip(p.p, p.one_hot, gradient, strict=True)
            ),
        ),
        "The entries add to 0, and only the true class has a negative one.",
    )


SOFTMAX_CE_GRAD = Family(
    name="softmax-ce-grad",
    title="Gradient of softmax with cross-entropy",
    topic=TOPIC,
    priority=0,
    concept="cross-entropy",
    example=SoftmaxGradientParams((0.7, 0.2, 0.1), 1),
    sample=_softmax_gradient_draw,
    prompt=lambda p: (
        f"Softmax turns the logits z into p = {listed(p.p)}; the true class is {p.target}, counting from 0."
        " What is the gradient of the cross-entropy loss (natural log) with respect to z? 3 decimals each."
    ),
    formula="dL/dz = p - onehot(y)",
    solve=_softmax_gradient_solve,
    mistakes=(
        Mistake(
            "reversed",
            "took onehot - p",
            "The gradient is p - onehot: it raises the true logit when it is subtracted.",
            lambda p: (tuple(-g for g in _softmax_gradient(p)),),
        ),
        Mistake(
            "true-only",
            "gave only the true class a gradient",
            "Softmax ties all logits together: every one gets its p_i.",
            lambda p: (tuple(g * hot for g, hot in zip(_softmax_gradient(p), p.one_hot, strict=True)),),
        ),
        Mistake(
            "by-probability",
            "differentiated by p instead of z",
            "-1/p is dL/dp; through softmax it becomes p - onehot.",
            lambda p: (tuple(-hot / share for share, hot in zip(p.p, p.one_hot, strict=True)),),
        ),
        Mistake(
            "from-one",
            "counted the classes from 1",
            "Classes count from 0 here.",
            lambda p: (_softmax_gradient(p._replace(target=p.target - 1)),) if p.target else None,
        ),
    ),
    mental=_softmax_gradient_mental,
    level="easy",
)


FAMILIES = (BATCH_COUNTS, INIT_STD, DROPOUT_SCALE, BACKPROP_TINY, BACKPROP_SIGMOID, SOFTMAX_CE_GRAD)
