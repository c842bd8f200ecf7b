"""Turns the products of an ONNX network into products of whole numbers of 8 bits: less time, a quarter of the size.

Weights have a scale for each output, activations one for each token, found while it is read. Channels of activations
that are large in every text are made smaller, and their weights larger (Xiao et al. 2023, "SmoothQuant"). Activations
have 7 bits: the sum of two products then fits into 16 bits, in which a CPU without instructions for this adds them.
onnxruntime's own dynamic quantization has one range for a whole text, and changes what is read three times as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

Array = NDArray[np.float32]
Text = Mapping[str, NDArray[np.int64]]  # the inputs of the network by name

RUNTIME = "com.microsoft"  # operations that onnxruntime knows beside those of ONNX
WHOLE, SCALE, SPREAD = "_whole", "_scale", "_spread"  # ends of the names of what stands for a matrix of weights
LARGEST = 127  # of a weight
STEPS = 63  # of an activation on each side of zero
GELU_LEAST = np.float32(0.17)  # how far below zero a GELU goes at most: its activations are moved up by so much
EVEN = 0.5  # how much of the difference between channels of activations is moved to their weights


def in_whole_numbers(model: onnx.ModelProto, texts: Sequence[Text]) -> onnx.ModelProto:
    """The model with its products of activations with matrices of weights done in whole numbers.

    Args:
        texts: what the network is shown to see which channels of its activations are large.
    """
    graph = model.graph
    matrices = {part.name: numpy_helper.to_array(part) for part in graph.initializer}
    products = {node.name: node for node in graph.node if node.op_type == "MatMul" and node.input[1] in matrices}
    makers = {name: node for node in graph.node for name in node.output}
    largest = _largest(model, sorted({node.input[0] for node in products.values()}), texts)
    nodes: list[onnx.NodeProto] = []
    made: dict[str, NDArray[np.generic]] = {}
    for node in graph.node:
        if node.name in products:
            activated = _is_activated(node, makers)
            nodes += _product(node, matrices[node.input[1]], largest[node.input[0]], made, activated=activated)
        else:
            nodes.append(node)
    told = {node.input[1] for node in products.values()}
    kept = [part for part in graph.initializer if part.name not in told]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend([*kept, *(numpy_helper.from_array(array, name) for name, array in made.items())])
    model.opset_import.append(helper.make_opsetid(RUNTIME, 1))
    onnx.checker.check_model(model)
    return model


def matrix(stored: Mapping[str, NDArray[np.generic]], name: str) -> Array:
    """The weights, of shape (inputs, outputs), that whole numbers stand for."""
    whole, scale, spread = (np.asarray(stored[name + end], dtype=np.float32) for end in (WHOLE, SCALE, SPREAD))
    exact: Array = whole * scale * spread[:, None]
    return exact


def _is_activated(node: onnx.NodeProto, makers: Mapping[str, onnx.NodeProto]) -> bool:
    """Whether a product is of what comes out of a GELU, which is an error function and some arithmetic."""
    near = [node]
    for _ in range(_STEPS_OF_GELU):
        near = [makers[name] for one in near for name in one.input if name in makers]
        if any(one.op_type == "Erf" for one in near):
            return True
        near = [one for one in near if one.op_type in ("Mul", "Add", "Div")]
    return False


def _product(
    node: onnx.NodeProto, weights: Array, largest: Array, made: dict[str, NDArray[np.generic]], *, activated: bool
) -> Iterator[onnx.NodeProto]:
    """The operations that stand for one product; the arrays that they need go into `made`.

    Args:
        activated: what is multiplied is never far below zero, so that all steps are used for one side.
    """
    given, name, (result,) = node.input[0], node.input[1], node.output
    spread = _spread(largest + (GELU_LEAST if activated else 0), weights)
    even = weights / spread[:, None]
    scale = np.maximum(np.abs(even).max(axis=0), _TINY) / LARGEST
    whole = np.round(even / scale).astype(np.int8)
    steps, zero = (2 * STEPS + 1, 0) if activated else (STEPS, STEPS + 1)
    made |= {name + WHOLE: whole, name + SCALE: scale, name + SPREAD: spread}
    made |= {
        f"step_{zero}": np.float32(1 / steps),
        f"zero_{zero}": np.uint8(zero),
        "one": np.float32(1),
        "last": np.array([-1], dtype=np.int64),
    }
    if activated:
        moved = GELU_LEAST * spread
        made |= {f"{name}_moved": moved, f"{name}_back": moved @ (whole * scale)}

    def step(kind: str, inputs: Sequence[str], output: str, **attributes: object) -> onnx.NodeProto:
        return helper.make_node(kind, inputs, [output], name=f"{node.name}/{output.rpartition('.')[2]}", **attributes)

    own = {part: f"{name}.{part}" for part in _PARTS}
    rounded_from = own["size" if activated else "even"]
    yield step("Mul", [given, name + SPREAD], own["even"])
    if activated:
        yield step("Add", [own["even"], f"{name}_moved"], own["size"])
    else:
        yield step("Abs", [own["even"]], own["size"])
    yield step("ReduceMax", [own["size"]], own["largest"], axes=[-1], keepdims=0)
    yield step("Mul", [own["largest"], f"step_{zero}"], own["unit"])
    yield step("Shape", [own["unit"]], own["tokens"])
    yield step("Expand", [f"zero_{zero}", own["tokens"]], own["zeros"])
    yield step("QuantizeLinear", [rounded_from, own["unit"], own["zeros"]], own["rounded"], axis=0)
    inputs = [own["rounded"], name + WHOLE, "one", name + SCALE, f"zero_{zero}"]
    yield step("MatMulIntegerToFloat", inputs, own["sum"], domain=RUNTIME)
    yield step("Unsqueeze", [own["unit"], "last"], own["row"])
    yield step("Mul", [own["sum"], own["row"]], own["product"] if activated else result)
    if activated:
        yield step("Sub", [own["product"], f"{name}_back"], result)


def _spread(largest: Array, weights: Array) -> Array:
    """By what each channel of activations is multiplied, and its weights divided; about 1 on the whole."""
    activations, theirs = np.maximum(largest, _TINY), np.maximum(np.abs(weights).max(axis=1), _TINY)
    logs = EVEN * np.log(activations) - (1 - EVEN) * np.log(theirs)
    spread: Array = np.exp(np.clip(logs.mean() - logs, -_WIDEST, _WIDEST)).astype(np.float32)
    return spread


def _largest(model: onnx.ModelProto, names: Sequence[str], texts: Sequence[Text]) -> dict[str, Array]:
    """How far from zero each channel of these activations goes in the texts."""
    showing = onnx.ModelProto()
    showing.CopyFrom(model)
    showing.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in names)
    session = onnxruntime.InferenceSession(showing.SerializeToString(), providers=["CPUExecutionProvider"])
    seen = [[np.abs(array).max(axis=0) for array in session.run(names, dict(text))] for text in texts]
    return {name: np.max(found, axis=0) for name, found in zip(names, zip(*seen, strict=True), strict=True)}


_PARTS = ("even", "size", "largest", "unit", "tokens", "zeros", "rounded", "sum", "row", "product")
_STEPS_OF_GELU = 4
_TINY = 1e-5
_WIDEST = 4.6  # logarithm of the largest factor by which a channel is changed
