"""Works out the expressions of `computed` entries without `eval`: numbers, lists and a few functions.

Bounded in every way: the length of the expression, its nesting, the size of powers, the number of steps.
"""

from __future__ import annotations

import ast
import math
import operator
import warnings
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType

MAX_LENGTH = 2_000
MAX_DEPTH = 50
MAX_STEPS = 20_000
MAX_BITS = 4_000
"""Size of the largest whole number in between."""

Value = int | float | bool | list["Value"]


class ArithmeticFault(Exception):
    """The expression cannot be worked out; the message says why, in plain words."""


_OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = MappingProxyType(
    {
        ast.Add: operator.add,
        ast.Sub: operator.sub,
        ast.Mult: operator.mul,
        ast.Div: operator.truediv,
        ast.FloorDiv: operator.floordiv,
        ast.Mod: operator.mod,
        ast.Pow: operator.pow,
    }
)
_COMPARISONS: Mapping[type[ast.cmpop], Callable[[float, float], bool]] = MappingProxyType(
    {
        ast.Lt: operator.lt,
        ast.LtE: operator.le,
        ast.Gt: operator.gt,
        ast.GtE: operator.ge,
        ast.Eq: operator.eq,
        ast.NotEq: operator.ne,
    }
)
_MATH_NAMES = """
    exp exp2 expm1 log log2 log10 log1p sqrt cbrt sin cos tan asin acos atan atan2 sinh cosh tanh asinh acosh
    atanh erf erfc gamma lgamma floor ceil trunc fabs hypot dist degrees radians copysign fmod isqrt comb perm
    factorial gcd lcm pow prod fsum
"""
_MATH = frozenset(_MATH_NAMES.split())
_CONSTANTS = MappingProxyType({"pi": math.pi, "e": math.e, "tau": math.tau, "inf": math.inf})
_LISTS = frozenset({"sum", "min", "max", "abs", "round", "len", "sorted", "zip", "range", "list"})
_BIG = frozenset({"factorial", "comb", "perm", "pow", "prod", "lcm"})


def work_out(expression: str) -> Value:
    """The value of an expression. Raises ArithmeticFault for anything that is not plain arithmetic."""
    if len(expression) > MAX_LENGTH:
        raise ArithmeticFault(f"the expression is longer than {MAX_LENGTH} characters")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(" ".join(expression.split()), mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        raise ArithmeticFault(
            "this is not an expression; write it as Python would, e.g. 1 / (1 - 0.9)"
        ) from None
    try:
        return _Worker().value(tree.body, {})
    except ArithmeticFault:
        raise
    except (ArithmeticError, ValueError, TypeError, IndexError, RecursionError) as error:
        raise ArithmeticFault(f"this cannot be worked out: {error}") from None


def agrees(result: Value, stated: str, digits: int | None) -> bool:
    """Whether a stated value is the result, rounded to `digits` decimals or to as many as it shows.

    `stated` is a number (`0.8756`, `1,792`, `9.5e-7`, `87.5%`) or a list of numbers in brackets. A whole
    number without `digits` must be exact. Raises ArithmeticFault where it is neither.
    """
    text = stated.strip()
    if isinstance(result, list):
        if not (text.startswith("[") and text.endswith("]")):
            raise ArithmeticFault("the expression gives a list; write `value` as a list in brackets")
        parts = list(_parts(text[1:-1]))
        return len(parts) == len(result) and all(
            agrees(part, written, digits) for part, written in zip(result, parts, strict=True)
        )
    number, shown = _read(text)
    decimals = shown if digits is None else digits
    # Half a unit of the last digit; the tiny part forgives what binary fractions lose.
    band = 0.0 if digits is None and decimals <= 0 and "e" not in text.lower() else 0.5 * 10.0**-decimals
    return math.isclose(number, result, rel_tol=1e-9, abs_tol=band * (1 + 1e-9) + 1e-12)


def _read(text: str) -> tuple[float, int]:
    """A written number and how many decimals it shows."""
    percent = text.endswith("%")
    plain = text.removesuffix("%").strip().replace(",", "").replace("\u2212", "-")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        raise ArithmeticFault(f"`value` is no number: {text}") from None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ArithmeticFault(f"`value` is no number: {text}")
    return (float(number) / 100, 2 - exponent) if percent else (float(number), -exponent)


def _parts(text: str) -> Iterator[str]:
    """Split at the commas outside inner brackets."""
    depth, start = 0, 0
    for place, sign in enumerate(text):
        depth += {"[": 1, "]": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            yield text[start:place].strip()
            start = place + 1
    if text[start:].strip():
        yield text[start:].strip()


class _Worker:
    """Walks the syntax tree; `names` are those of comprehensions."""

    def __init__(self) -> None:
        self.steps = 0
        self.depth = 0

    def value(self, node: ast.expr, names: Mapping[str, Value]) -> Value:
        self.steps += 1
        self.depth += 1
        if self.steps > MAX_STEPS or self.depth > MAX_DEPTH:
            raise ArithmeticFault("the expression takes too many steps")
        try:
            return self._bounded(self._value(node, names))
        finally:
            self.depth -= 1

    def _value(self, node: ast.expr, names: Mapping[str, Value]) -> Value:
        match node:
            case ast.Constant(value=int() | float() as number):
                return number
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return [self.value(item, names) for item in items]
            case ast.UnaryOp() | ast.BinOp() | ast.Compare() | ast.IfExp():
                return self._combined(node, names)
            case ast.Subscript(value=inner, slice=place):
                found, at = self.value(inner, names), self.value(place, names)
                if isinstance(found, list) and isinstance(at, int):
                    return found[at]
            case ast.Call(func=function, args=arguments, keywords=[]):
                return self._call(_function_name(function), [self.value(a, names) for a in arguments])
            case ast.ListComp() | ast.GeneratorExp():
                return self._comprehension(node, names)
            case ast.Name(id=name) if name in names:
                return names[name]
            case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="math"), attr=name) if (
                name in _CONSTANTS
            ):
                return _CONSTANTS[name]
            case ast.Name(id=name):
                raise ArithmeticFault(f"`{name}` is unknown here; write the number")
        raise ArithmeticFault(f"`{ast.unparse(node)[:60]}` is not plain arithmetic")

    def _combined(
        self, node: ast.UnaryOp | ast.BinOp | ast.Compare | ast.IfExp, names: Mapping[str, Value]
    ) -> Value:
        match node:
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return -self._number(inner, names)
            case ast.UnaryOp(op=ast.UAdd(), operand=inner):
                return self._number(inner, names)
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
                return self._binary(type(sign), self._number(left, names), self._number(right, names))
            case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in _COMPARISONS:
                return _COMPARISONS[type(sign)](self._number(left, names), self._number(right, names))
            case ast.IfExp(test=test, body=body, orelse=other):
                return self.value(body if self.value(test, names) else other, names)
        raise ArithmeticFault(f"`{ast.unparse(node)[:60]}` is not plain arithmetic")

    def _number(self, node: ast.expr, names: Mapping[str, Value]) -> float:
        found = self.value(node, names)
        if isinstance(found, list):
            raise ArithmeticFault(f"`{ast.unparse(node)[:60]}` is a list where a number is needed")
        return found

    def _binary(self, sign: type[ast.operator], left: float, right: float) -> float:
        if sign is ast.Pow and isinstance(left, int) and isinstance(right, int):
            _refuse_big(left, right)
        found = _OPERATORS[sign](left, right)
        if isinstance(found, complex):
            raise ArithmeticFault("a root of a negative number")
        return found

    def _call(self, name: str, arguments: list[Value]) -> Value:
        if name in _LISTS:
            return self._list_call(name, arguments)
        if name not in _MATH:
            raise ArithmeticFault(
                f"there is no function `{name}` here; there are those of math, sum, min, max, ..."
            )
        if name in _BIG and any(isinstance(a, int) and abs(a) > MAX_BITS for a in _flat(arguments)):
            raise ArithmeticFault("the numbers become too large")
        if name == "pow":
            return math.pow(*arguments)  # type: ignore[arg-type]  # TypeError is caught by work_out
        found: Value = getattr(math, name)(*arguments)
        return found

    def _list_call(self, name: str, arguments: list[Value]) -> Value:
        if name == "zip":
            columns = [a for a in arguments if isinstance(a, list)]
            return [list(row) for row in zip(*columns, strict=True)]
        if name == "range":
            numbers = [a for a in arguments if isinstance(a, int)]
            if len(range(*numbers)) > MAX_STEPS:
                raise ArithmeticFault("the expression takes too many steps")
            return list(range(*numbers))
        functions: Mapping[str, Callable[..., Value]] = {
            "sum": sum,
            "min": min,
            "max": max,
            "abs": abs,
            "round": round,
            "len": len,
            "sorted": sorted,
            "list": list,
        }
        return functions[name](*arguments)

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp, names: Mapping[str, Value]) -> Value:
        if len(node.generators) != 1:
            raise ArithmeticFault("only one `for` in a list")
        loop = node.generators[0]
        over = self.value(loop.iter, names)
        if not isinstance(over, list):
            raise ArithmeticFault("`for` needs a list")
        found: list[Value] = []
        for item in over:
            inner = {**names, **_bind(loop.target, item)}
            if all(self.value(test, inner) for test in loop.ifs):
                found.append(self.value(node.elt, inner))
        return found

    def _bounded(self, found: Value) -> Value:
        if isinstance(found, int) and found.bit_length() > MAX_BITS:
            raise ArithmeticFault("the numbers become too large")
        if isinstance(found, list):
            self.steps += len(found)
        return found


def _bind(target: ast.expr, item: Value) -> dict[str, Value]:
    if isinstance(target, ast.Name):
        return {target.id: item}
    if isinstance(target, ast.Tuple) and isinstance(item, list) and len(target.elts) == len(item):
        bound: dict[str, Value] = {}
        for inner, part in zip(target.elts, item, strict=True):
            bound |= _bind(inner, part)
        return bound
    raise ArithmeticFault("the names after `for` do not fit the list")


def _flat(values: list[Value]) -> Iterator[Value]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        else:
            yield value


def _refuse_big(base: int, power: int) -> None:
    if abs(base) > 1 and power > 0 and base.bit_length() * power > MAX_BITS:
        raise ArithmeticFault("the numbers become too large")


def _function_name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(value=ast.Name(id="math"), attr=name):
            return name
    raise ArithmeticFault(f"`{ast.unparse(node)[:60]}` is no function known here")
