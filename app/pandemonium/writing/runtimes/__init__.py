"""Runs a voice's network: ONNX Runtime on the CPU, torch on a GPU, several voices at once, and what opens them."""
