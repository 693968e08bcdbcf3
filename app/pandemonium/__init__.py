"""Pandemonium: an offline writing desk that goes on in a small LSTM's voice."""

import os

__version__ = "0.1.0"

# ONNX Runtime would give this computer a number, keep a diary of its own under ~/.cache and send it to its makers.
# It looks here once, when it is loaded: so this stands before every other import of the program.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

# numpy's products here are small. Its threads would wait for each other in busy loops: twice the processor time for a
# page of prose, and twice the wait where another program is at work. It looks here once, too.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
