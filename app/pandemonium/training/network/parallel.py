"""Training on several processes or machines: each takes its sequences of the batch, gradients are averaged.

Started by `torchrun`, on torch's own distributed engine: gloo between CPUs, NCCL between GPUs. Every process
draws the same windows and keeps its own columns, so that several learn exactly what one would.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import numpy as np
import torch
import torch.distributed as distributed
from numpy.typing import NDArray
from torch import Tensor

from pandemonium.errors import TrainingError


class Parallel:
    """This process among those of one training; alone unless `torchrun` started several.

    Attributes:
        rank: this process's number, from 0.
        world: how many there are.
    """

    def __init__(self, device: torch.device) -> None:
        self.world = int(os.environ.get("WORLD_SIZE", "1"))
        self.rank = int(os.environ.get("RANK", "0")) if self.world > 1 else 0
        self._device = device
        if self.world > 1 and not distributed.is_initialized():
            distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")

    @property
    def writes(self) -> bool:
        """This is the process that writes files and reports."""
        return self.rank == 0

    def sequences(self, batch: int) -> int:
        """How many of `batch` sequences are this process's.

        Raises:
            TrainingError: they cannot be dealt out evenly.
        """
        if batch % self.world:
            raise TrainingError(
                f"{batch} sequences cannot be shared by {self.world} processes.", "Choose another batch."
            )
        return batch // self.world

    def share(self, window: NDArray[np.int64], fresh: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """This process's columns of a window [length + 1, batch] and of what begins cold [batch]."""
        mine = slice(self.rank, None, self.world)
        return np.ascontiguousarray(window[:, mine]), fresh[mine]

    def average(self, parameters: Iterable[Tensor], loss: Tensor) -> Tensor:
        """Averages the gradients in place, and gives the mean loss, a single number, over all processes."""
        if self.world == 1:
            return loss
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([g.reshape(-1) for g in gradients] + [loss.detach().reshape(1)])
        distributed.all_reduce(flat)
        flat /= self.world
        place = 0
        for gradient in gradients:
            gradient.copy_(flat[place : place + gradient.numel()].view_as(gradient))
            place += gradient.numel()
        return flat[place]

    def agree(self, stop: bool) -> bool:
        """Tells whether any process wants to stop, so that all do."""
        if self.world == 1:
            return stop
        wish = torch.tensor([float(stop)], device=self._device)
        distributed.all_reduce(wish, distributed.ReduceOp.MAX)
        return bool(wish.item())

    def close(self) -> None:
        """Leaves the group, together with all others."""
        if self.world > 1 and distributed.is_initialized():
            distributed.barrier()
            distributed.destroy_process_group()
