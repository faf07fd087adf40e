"""The bench's film the way programs around MoviePy usually make it: pictures moved by PIL a frame at a time with
quartic ease-in-out, TextClip captions a phrase at a time, libx264 preset medium.

python moviepy_film.py screenplay.json: prints {"setUpMs", "makeMs"} as its last line.
"""

import json
import sys
import time

started = time.perf_counter()

import numpy as np  # noqa: E402
from moviepy import (  # noqa: E402
    AudioFileClip,
    CompositeAudioClip,
    CompositeVideoClip,
    TextClip,
    VideoClip,
    afx,
    vfx,
)
from PIL import Image  # noqa: E402

MUSIC_VOLUME = 0.2
# As the Python program had them: size 4.5 % of the height, 15 % above the bottom.
CAPTION_SIZE, CAPTION_BOTTOM = 0.045, 0.15


def main(path):
    with open(path, encoding="utf-8") as file:
        film = json.load(file)
    size, seconds = (film["width"], film["height"]), film["seconds"]
    layers = [scene_clip(film, index, size) for index, scene in enumerate(film["scenes"]) if scene["start"] < seconds]
    layers += [caption_clip(film, caption, size) for caption in film["captions"] if caption["start"] < seconds]
    video = CompositeVideoClip(layers, size=size).with_audio(sound(film)).subclipped(0, seconds)
    set_up = time.perf_counter()
    video.write_videofile(
        film["path"], fps=film["fps"], codec="libx264", preset="medium", audio_codec="aac", logger=None
    )
    done = time.perf_counter()
    print(json.dumps({"setUpMs": (set_up - started) * 1000, "makeMs": (done - set_up) * 1000}))


def scene_clip(film, index, size):
    """A scene from half a crossfade before its start to half a crossfade after its end."""
    scene = film["scenes"][index]
    after = film["scenes"][index + 1]["crossfade"] if index + 1 < len(film["scenes"]) else 0
    start, end = scene["start"] - scene["crossfade"] / 2, scene["end"] + after / 2
    picture = cover(Image.open(scene["picture"]).convert("RGB"), size)

    def frame_at(t):
        return moved(picture, scene, ease(min(1, t / (end - start))), size)

    clip = VideoClip(frame_at, duration=end - start).with_start(start)
    return clip.with_effects([vfx.CrossFadeIn(scene["crossfade"])]) if scene["crossfade"] else clip


def cover(picture, size):
    scale = max(size[0] / picture.width, size[1] / picture.height)
    return picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.LANCZOS)


def moved(picture, scene, progress, size):
    """The part of the picture that this moment shows, in whole pixels, resized to the frame."""

    def between(name, absent):
        a, b = scene["from"].get(name, absent), scene["to"].get(name, absent)
        return a + (b - a) * progress

    turn = between("rotateDeg", 0)
    if turn:
        picture = picture.rotate(-turn, Image.BICUBIC)
    zoom = between("zoom", 1)
    width, height = size[0] / zoom, size[1] / zoom
    left = min(max(between("x", 0.5) * picture.width - width / 2, 0), picture.width - width)
    top = min(max(between("y", 0.5) * picture.height - height / 2, 0), picture.height - height)
    box = (int(left), int(top), int(left + width), int(top + height))
    return np.array(picture.crop(box).resize(size, Image.LANCZOS))


def ease(t):
    return 8 * t**4 if t < 0.5 else 1 - (-2 * t + 2) ** 4 / 2


def caption_clip(film, caption, size):
    text = TextClip(
        font=film["fontPath"],
        text=caption["text"],
        font_size=round(CAPTION_SIZE * size[1]),
        color="white",
        stroke_color="black",
        stroke_width=4,
        method="caption",
        text_align="center",
        size=(round(size[0] * 0.9), None),
        margin=(0, 12),
    )
    top = size[1] * (1 - CAPTION_BOTTOM) - text.h
    return (
        text.with_start(caption["start"])
        .with_duration(caption["end"] - caption["start"])
        .with_position(("center", round(top)))
    )


def sound(film):
    voice = AudioFileClip(film["voice"])
    music = AudioFileClip(film["music"]).with_effects(
        [afx.AudioLoop(duration=voice.duration), afx.MultiplyVolume(MUSIC_VOLUME)]
    )
    return CompositeAudioClip([voice, music])


main(sys.argv[1])
