"""A photo is drawn anew: what was hidden in the file (place, time, other formats, code) does not come along."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from onewindow.kernel.papers.examiner.words import Unfit

LONGEST_SIDE = 3600
"""A4 at 300 dpi; a hukou page is still legible to the last stamp."""
# A JPEG is decoded at a half or a quarter of its size when it is large, a PNG never: hence two caps.
PIXELS = {"JPEG": 110_000_000, "PNG": 24_000_000}
BROKEN = "图片已损坏，打不开。请重新拍照，或在手机里打开确认能看清后再上传。"
TOO_LARGE = "图片尺寸过大。请用手机的普通清晰度重新拍照后上传。"


def clean_image(data: bytes, kind: str) -> bytes:
    """The picture as a new JPEG, upright, on white, no larger than needed."""
    Image.MAX_IMAGE_PIXELS = None  # our own cap, before anything is decoded
    try:
        image = Image.open(BytesIO(data), formats=[kind])
        if image.width * image.height > PIXELS[kind]:
            raise Unfit(TOO_LARGE)
        image.draft("RGB", _no_larger(image.size))
        image.load()
        return _as_jpeg(_on_white(ImageOps.exif_transpose(image)))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError) as error:
        raise Unfit(BROKEN) from error


def _no_larger(size: tuple[int, int]) -> tuple[int, int]:
    longest = max(*size, LONGEST_SIDE)
    return size[0] * LONGEST_SIDE // longest, size[1] * LONGEST_SIDE // longest


def _on_white(image: Image.Image) -> Image.Image:
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    page = Image.new("RGB", image.size, "white")
    layer = image.convert("RGBA")
    page.paste(layer, mask=layer)
    return page


def _as_jpeg(image: Image.Image) -> bytes:
    image.info.clear()  # Pillow would carry the comment over
    out = BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()
