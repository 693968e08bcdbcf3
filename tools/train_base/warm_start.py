"""A residual network that begins as a plain one: what the plain one has learned is not learned again.

The plain network is run over some text, and the residual network's linear maps are fitted to what went through it
(least squares): what the second kind adds (norms, the stream, SwiGLU, further blocks) begins as close to nothing as
it can. The fit is not exact, since a norm forgets lengths; a few hundred thousand tokens of training mend that.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from pandemonium.errors import TrainingError
from pandemonium.training.network.model import PlainModel, ResidualModel
from pandemonium.voice.architecture import PlainArchitecture, ResidualArchitecture

_EMBEDDING_SHARE = 0.1  # of the stream's size that the embedding has beside the first layer's output
_OUTPUT_SCALE = 2.0  # of what the output layer reads beside all that stands in the stream before
_RIDGE = 1e-4


@torch.no_grad()
def residual_from_plain(
    weights: Mapping[str, Tensor],
    plain: PlainArchitecture,
    residual: ResidualArchitecture,
    tokens: NDArray[np.integer],
) -> dict[str, Tensor]:
    """Gives the residual network's weights, named as in `Architecture.shapes`.

    Args:
        weights: of the plain network.
        plain: its shape, of two layers.
        residual: the new network's, with at least as many blocks, the same vocabulary, embedding and hidden width, and
            a stream as wide as the layers; further blocks begin as the identity.
        tokens: ids [time, batch] to fit on; several thousand.

    Raises:
        TrainingError: the shapes do not fit each other.
    """
    same = (plain.vocabulary, plain.embedding, plain.hidden) == (
        residual.vocabulary,
        residual.embedding,
        residual.hidden,
    )
    if not same or plain.layers != 2 or residual.layers < 2 or residual.width != plain.hidden:
        raise TrainingError(
            "A residual network can begin only as a plain one of two layers, of the same vocabulary and widths.",
            "Change the recipe's network, or train from the beginning.",
        )
    old = PlainModel(plain).eval()
    old.load_tensors(weights)
    new = ResidualModel(residual).eval()
    ids = torch.from_numpy(np.asarray(tokens, dtype=np.int64))
    zero = old.zero_state(ids.size(1))
    x = old.embedding(ids)
    first, _ = old.lstm[0](x, zero[0])
    second, _ = old.lstm[1](first, zero[1])
    features = old.projection(second)
    x, first, second, features = (each.flatten(0, 1) for each in (x, first, second, features))

    new.embedding.weight.copy_(old.embedding.weight)
    new.output_bias.copy_(old.output_bias)
    size = _root_mean_square(first)
    embedding = plain.embedding
    # The embedding lies in the first directions of the stream, small, so that it disturbs nothing.
    new.entry.weight.zero_()
    new.entry.weight[:embedding] = torch.eye(embedding) * (_EMBEDDING_SHARE * size / _root_mean_square(x))
    stream = new.entry(x)
    _begin_as(new, 0, old, stream, x)
    # The first layer's output fills the stream, its weakest directions where the output layer will read.
    rotation = torch.linalg.eigh(torch.cov(first.T))[1].T  # from the weakest direction to the strongest
    new.out[0].get_parameter("weight").copy_(rotation)
    stream = stream + first @ rotation.T
    _begin_as(new, 1, old, stream, first)
    to_features, _ = _fit(second, features)
    scale = _OUTPUT_SCALE * size / _root_mean_square(features)
    out = new.out[1].get_parameter("weight")
    out.zero_()
    out[:embedding] = to_features * scale
    stream = stream + second @ out.T
    matrix, bias = _fit(_normed(stream), features)
    new.projection.weight.copy_(matrix)
    new.projection.bias.copy_(bias)
    for i in range(residual.layers):
        # SwiGLU's last matrix is zero: it begins with the residual network's own draw of gates.
        new.down[i].get_parameter("weight").zero_()
    return {name: tensor.detach().clone() for name, tensor in new.tensors().items()}


def _begin_as(new: ResidualModel, layer: int, old: PlainModel, stream: Tensor, wanted: Tensor) -> None:
    """Lets a block's LSTM read from the normed stream [n, width] what the old layer read: `wanted` [n, input]."""
    matrix, bias = _fit(_normed(stream), wanted)
    source = old.lstm[layer]
    target = new.lstm[layer]
    inputs = source.get_parameter("weight_ih_l0")
    target.get_parameter("weight_ih_l0").copy_(inputs @ matrix)
    target.get_parameter("bias_ih_l0").copy_(source.get_parameter("bias_ih_l0") + inputs @ bias)
    target.get_parameter("weight_hh_l0").copy_(source.get_parameter("weight_hh_l0"))


def _normed(x: Tensor) -> Tensor:
    return torch.nn.functional.rms_norm(x, x.shape[-1:], eps=ResidualArchitecture.EPSILON)


def _root_mean_square(x: Tensor) -> float:
    return float(x.square().mean().sqrt())


def _fit(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """The matrix [n_y, n_x] and bias [n_y] for which `matrix @ x + bias` is nearest to y; rows are samples."""
    mean_x = x.mean(0)
    mean_y = y.mean(0)
    centred = (x - mean_x).double()
    gram = centred.T @ centred
    gram.diagonal().add_(_RIDGE * gram.diagonal().mean())
    matrix = torch.linalg.solve(gram, centred.T @ (y - mean_y).double()).T.float()
    return matrix, mean_y - matrix @ mean_x
