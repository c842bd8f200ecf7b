"""Keeps the vectors of pieces in whole numbers of 4 bits, as the base has them: nothing learned changes them.

Each 32 numbers share a scale, so that the one furthest from zero is -8 of it (format "q4_0" of ggml). Vectors that were
unpacked of this format come out of it as they were.
"""

from __future__ import annotations

import torch

TOGETHER = 32  # numbers with one scale
LEAST, MOST = -8, 7
_HALF = 16  # what the upper half of a byte counts
_TINY = 1e-9


def packed(vectors: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Vectors (pieces, width) as halves of bytes (pieces, width / 2) and scales (pieces, width / 32) of 16 bits."""
    blocks = vectors.detach().float().reshape(len(vectors), -1, TOGETHER)
    furthest = blocks.gather(2, blocks.abs().argmax(dim=2, keepdim=True))
    scales = (furthest / LEAST).half()
    divisor = torch.where(scales.abs() > _TINY, scales.float(), torch.ones_like(furthest))
    whole = torch.round(blocks / divisor).clamp(LEAST, MOST).reshape(len(vectors), -1) - LEAST
    lower, upper = whole.to(torch.uint8).chunk(2, dim=1)
    return lower + _HALF * upper, scales.squeeze(2)


def unpacked(halves: torch.Tensor, scales: torch.Tensor) -> torch.Tensor:
    """The vectors (pieces, width) of what `packed` gives, in operations that ONNX has."""
    both = halves.float()
    upper = torch.floor(both / _HALF)
    whole = torch.cat([both - _HALF * upper, upper], dim=1) + LEAST
    blocks = whole.reshape(-1, scales.shape[1], TOGETHER) * scales.float().unsqueeze(2)
    return blocks.reshape(-1, scales.shape[1] * TOGETHER)
