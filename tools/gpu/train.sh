#!/usr/bin/env bash
# Trains the large base voice on a machine with a GPU, from an archive that `python -m tools.gpu.texts pack` wrote:
#
#   bash tools/gpu/train.sh TEXTS.xz OUTPUT_FOLDER [MINUTES]
#
# It needs bash, Python with torch (2.11 or later), numpy, safetensors and tokenizers; nothing is fetched. OUTPUT_FOLDER
# receives the averaged weights in half precision, in pieces below 16 MB, and the log. Back here:
#
#   python -m tools.train_base voice --recipe resources/recipes/lovecraft-gpu.toml \
#       --weights OUTPUT_FOLDER --output models/classics.voice
#
# Tried at small size without a GPU: DEVICE=cpu CHANGES="--set training.batch=4 ..." bash tools/gpu/train.sh ...
set -euo pipefail

texts=$1
output=$2
minutes=${3:-8}
here=$(cd "$(dirname "$0")/../.." && pwd)
work=${WORK:-$(mktemp -d)}
device=${DEVICE:-gpu}
export PYTHONPATH="$here/app:$here" PYTHONUNBUFFERED=1
mkdir -p "$output"

base() {
    # shellcheck disable=SC2086
    python3 -m tools.train_base "$1" --recipe "$here/resources/recipes/lovecraft-gpu.toml" \
        --work "$work" --device "$device" ${CHANGES:-} "${@:2}"
}

{
    python3 -m tools.gpu.texts unpack "$texts" --work "$work" --tokenizer "$here/models/classics.voice"
    # The rate is constant for most of the time and falls to nothing in the rest.
    base train --minutes "$(python3 -c "print($minutes * 0.7)")"
    base foundation --by-minutes --minutes "$(python3 -c "print($minutes * 0.3)")"
    base weights --from foundation --weights "$output"
} 2>&1 | tee "$output/log.txt"
