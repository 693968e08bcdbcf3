"""The network and its training step: model, loss, optimizers, averages, processes, checkpoints."""
