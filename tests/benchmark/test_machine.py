"""The machine is named with what a reader needs to compare."""

from __future__ import annotations

import json

from pandemonium.benchmark.machine import describe_machine


def test_names_cores_devices_and_versions() -> None:
    machine = describe_machine()
    assert machine["cores"] >= 1  # type: ignore[operator]
    assert "cpu" in machine["devices"]  # type: ignore[operator]
    assert machine["onnxruntime"]
    assert machine["numpy"]
    json.dumps(machine)
