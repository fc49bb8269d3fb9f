"""Counting batches, initialising, dropping units."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution, Wrong
from interviewprep.checks.formulas import beyond
from interviewprep.checks.numbers import Vector, listed, plain
from interviewprep.checks.wording import fine

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
    rule=lambda p: beyond(0, 1, p=p.p),
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


FAMILIES = (BATCH_COUNTS, INIT_STD, DROPOUT_SCALE)
