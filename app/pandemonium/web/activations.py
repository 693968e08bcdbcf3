"""The logistic function and the hyperbolic tangent, bit for bit as ONNX Runtime computes them on a desktop.

There they are quotients of polynomials, evaluated with fused multiply-adds (MLAS, `logistic.cpp` and `tanh.cpp`);
WebAssembly has none, and its last bits differ. An activation near the border of two int8 steps then falls on the
other side, and a few dozen pieces later another word is drawn. Here each multiply-add is made in float64, where the
product of two float32 numbers is exact, and rounded to float32.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pandemonium.writing.runtimes.onnx_model import DOUBLE, FLOAT, GraphBuilder

_LOGISTIC_RANGE = 18.0
_TANH_RANGE = 9.0
# Coefficients of the odd numerator and the even denominator, the highest power first.
_LOGISTIC = (
    (4.37031012579801e-11, 1.15627324459942e-07, 6.08574864600143e-05, 8.51377133304701e-03, 2.48287947061529e-01),
    (
        6.10247389755681e-13,
        5.76102136993427e-09,
        6.29106785017040e-06,
        1.70198817374094e-03,
        1.16817656904453e-01,
        9.93151921023180e-01,
    ),
)
_TANH = (
    (
        -2.76076847742355e-16,
        2.00018790482477e-13,
        -8.60467152213735e-11,
        5.12229709037114e-08,
        1.48572235717979e-05,
        6.37261928875436e-04,
        4.89352455891786e-03,
    ),
    (1.19825839466702e-06, 1.18534705686654e-04, 2.26843463243900e-03, 4.89352518554385e-03),
)


def logistic(graph: GraphBuilder, source: str, target: str) -> None:
    """target = 1 / (1 + exp(-source))."""
    name = _namer(target)
    quotient = _quotient(graph, source, name, _LOGISTIC_RANGE, _LOGISTIC)
    graph.node("Add", [quotient, _number(graph, name("half"), 0.5)], [name("moved")])
    bounds = [_number(graph, name("zero"), 0.0), _number(graph, name("one"), 1.0)]
    graph.node("Clip", [name("moved"), *bounds], [target])


def tanh(graph: GraphBuilder, source: str, target: str) -> None:
    """target = tanh(source)."""
    name = _namer(target)
    graph.node("Identity", [_quotient(graph, source, name, _TANH_RANGE, _TANH)], [target])


def _quotient(
    graph: GraphBuilder,
    source: str,
    name: Callable[[str], str],
    limit: float,
    coefficients: tuple[tuple[float, ...], tuple[float, ...]],
) -> str:
    bounds = [_number(graph, name("low"), -limit), _number(graph, name("high"), limit)]
    graph.node("Clip", [source, *bounds], [name("x")])
    graph.node("Mul", [name("x"), name("x")], [name("square")])
    graph.node("Cast", [name("square")], [name("wide")], to=DOUBLE)
    over, under = (_polynomial(graph, name, part, each) for part, each in zip("pq", coefficients, strict=True))
    graph.node("Mul", [over, name("x")], [name("odd")])
    graph.node("Div", [name("odd"), under], [name("quotient")])
    return name("quotient")


def _polynomial(graph: GraphBuilder, name: Callable[[str], str], part: str, coefficients: tuple[float, ...]) -> str:
    """Horner's rule, each step rounded to float32 once."""
    value = _number(graph, name(f"{part}0"), coefficients[0], wide=True)
    for i, coefficient in enumerate(coefficients[1:], 1):
        step = name(f"{part}{i}")
        graph.node("Mul", [value, name("wide")], [f"{step}.product"])
        graph.node("Add", [f"{step}.product", _number(graph, f"{step}.c", coefficient, wide=True)], [f"{step}.sum"])
        graph.node("Cast", [f"{step}.sum"], [f"{step}.float"], to=FLOAT)
        value = f"{step}.float"
        if i + 1 < len(coefficients):
            graph.node("Cast", [value], [f"{step}.wide"], to=DOUBLE)
            value = f"{step}.wide"
    return value


def _number(graph: GraphBuilder, name: str, value: float, *, wide: bool = False) -> str:
    """A float32 number, as float64 where it is `wide`."""
    number = np.float32(value)
    graph.constant(name, np.array(number, dtype=np.float64 if wide else np.float32))
    return name


def _namer(target: str) -> Callable[[str], str]:
    return lambda part: f"{target}.{part}"
