"""Pictures are decoded and written again: no metadata, nothing hidden behind the pixels, no surprise for a browser."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, BinaryIO

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from types import ModuleType

    from django.utils.functional import _StrPromise
    from PIL import Image as PillowImage

MOST_PIXELS = 50_000_000  # of one picture, and of all frames of a moving one together
MOST_FRAMES = 500
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")  # JPEG brings MPO along, the two pictures of some phones
JPEG_QUALITY = 90

TOO_BIG = _("This picture has more than 50 million pixels. Scale it down, or put it into a ZIP archive.")
DAMAGED = _("This picture is damaged and cannot be shown. Save it again, or put it into a ZIP archive.")


# Pillow's plugins raise any of these on a file cut short or built to confuse them.
BROKEN = (
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class PictureRefused(Exception):  # noqa: N818 - it says what happened
    """The picture cannot be written again; `reason` is for the person who sent it."""

    def __init__(self, reason: _StrPromise) -> None:
        self.reason = reason
        super().__init__(str(reason))


@cache
def _pillow() -> ModuleType:
    """Pillow's Image module, loaded by the first who needs it and told our limit: it refuses twice what it warns of."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2
    warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)
    return Image


def write_again(file: BinaryIO) -> tuple[bytes, str]:
    """The picture's new bytes and media type: turned upright, its metadata dropped; a BMP becomes a PNG.

    Raises PictureRefused.
    """
    image = _pillow()
    try:
        with image.open(file, formats=FORMATS) as picture:
            return _written(picture)
    except image.DecompressionBombError:
        raise PictureRefused(TOO_BIG) from None
    except BROKEN:
        raise PictureRefused(DAMAGED) from None


def _written(picture: PillowImage.Image) -> tuple[bytes, str]:
    from PIL import ImageOps, ImageSequence

    pixels = picture.width * picture.height
    if not pixels or pixels > MOST_PIXELS:
        raise PictureRefused(TOO_BIG)
    kind = {"BMP": "PNG", "MPO": "JPEG"}.get(str(picture.format), str(picture.format))
    out = io.BytesIO()
    frames = getattr(picture, "n_frames", 1) if kind in {"GIF", "WEBP"} else 1
    if frames > 1:
        if frames > MOST_FRAMES or frames * pixels > MOST_PIXELS:
            raise PictureRefused(TOO_BIG)
        shown: list[PillowImage.Image] = []
        pauses = []
        for frame in ImageSequence.Iterator(picture):
            pauses.append(max(int(frame.info.get("duration", 100)), 20))
            shown.append(_bare(frame.convert("RGBA")))
        shown[0].save(out, kind, save_all=True, append_images=shown[1:], duration=pauses, loop=0)
    else:
        options: dict[str, Any] = {"JPEG": {"quality": JPEG_QUALITY}, "WEBP": {"quality": JPEG_QUALITY}}.get(kind, {})
        still = ImageOps.exif_transpose(picture)
        if kind == "JPEG" and still.mode not in {"L", "RGB"}:
            still = still.convert("RGB")
        if kind == "PNG" and still.mode not in {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}:
            still = still.convert("RGBA" if "A" in still.mode else "RGB")
        transparent = still.info.get("transparency") if kind in {"PNG", "GIF"} else None
        if transparent is not None:
            options["transparency"] = transparent
        _bare(still).save(out, kind, **options)
    return out.getvalue(), f"image/{kind.lower()}"


def _bare(picture: PillowImage.Image) -> PillowImage.Image:
    """The pixels alone: nothing of `info` (EXIF, XMP, colour profile, comments) comes along."""
    picture.load()
    picture.info = {}
    return picture
