// The art styles, each with an art direction that an illustrator could work from. Data only.
import type { TransitionId } from './editing.ts'

/** What every picture of a video shares. English, as most picture models are taught. */
export type ArtDirection = {
  /** With what it is made, on what, and how the marks look. */
  medium: string
  palette: string
  light: string
  /** Lens, viewpoint, how the picture is laid out. */
  composition: string
  /** What would break the style. */
  avoid: string[]
}

/** `transition` is how the scenes of a style follow each other. */
export const styles = {
  'warm-fable': {
    name: 'Warm Fable',
    art: {
      medium: 'storybook illustration in gouache and coloured pencil, soft rounded shapes, visible paper grain',
      palette: 'warm ochre, rose, honey and moss green, with cream in the lightest parts',
      light: 'low golden-hour light with long soft shadows and a gentle glow around edges',
      composition: 'eye level with a small hero in a wide friendly world, layered foreground, middle and far hills',
      avoid: ['photographic detail', 'harsh shadows', 'cold neon colours'],
    },
    transition: 'crossfade',
  },
  'realistic-action-art': {
    name: 'Realistic Action Art',
    art: {
      medium: 'dynamic realistic digital painting, crisp anatomy, loose brushwork where things move',
      palette: 'saturated orange and teal over dark earth tones',
      light: 'strong rim light from behind, sunbeams through dust, bright sparks against shade',
      composition: 'low wide-angle 24 mm view, tilted horizon, the subject bursting diagonally towards the viewer',
      avoid: ['stiff poses', 'flat even light', 'cartoon proportions'],
    },
    transition: 'zoom',
  },
  'bw-sketch': {
    name: 'B&W Sketch',
    art: {
      medium: 'black-and-white graphite pencil drawing on toothy paper, confident contours, patient cross-hatching',
      palette: 'only greys from soft graphite black to the bare white of the paper',
      light: 'one side light that is shaped by hatching alone, the darkest strokes next to the subject',
      composition: 'the subject is finished with care and the surroundings fade into light construction lines',
      avoid: ['any colour', 'photographic gradients', 'a pencil or a hand in the picture'],
    },
    transition: 'wipe',
  },
  'comic-noir': {
    name: 'Comic Noir',
    art: {
      medium: 'high-contrast comic inks, heavy brush blacks, dry-brush edges, sparse halftone',
      palette: 'pure black and white with a single red accent on what matters most',
      light: 'hard light from one street lamp or doorway, faces half in deep shadow',
      composition: 'steep angles, strong silhouettes, large areas of black around one lit shape',
      avoid: ['colours besides red', 'soft grey shading', 'speech balloons', 'comic panels'],
    },
    transition: 'wipe',
  },
  'retro-noir': {
    name: 'Retro Noir',
    art: {
      medium: 'a still from a 1940s black-and-white feature film, silver-gelatin texture, fine film grain',
      palette: 'monochrome silver tones with rich blacks and glowing highlights',
      light: 'venetian-blind stripes, beams through haze, one hard key light and almost no fill',
      composition: '35 mm lens at a slightly low angle, deep focus, wet streets and doorways as frames',
      avoid: ['any colour', 'modern clothes', 'modern cars', 'screens'],
    },
    transition: 'dip',
  },
  'medieval-painting': {
    name: 'Medieval Painting',
    art: {
      medium: 'egg tempera on a wooden panel in the manner of an illuminated manuscript, gold leaf, fine craquelure',
      palette: 'lapis blue, vermilion, malachite green and burnished gold on aged vellum',
      light: 'even and without cast shadows, the gold ground itself shines',
      composition: 'flat stacked perspective, figures sized by their importance, patterned hills and small towers',
      avoid: ['modern objects', 'lens blur', 'photographic perspective', 'ornamental borders'],
    },
    transition: 'crossfade',
  },
  anime: {
    name: 'Anime',
    art: {
      medium: 'cel-shaded animation film frame, clean thin lines, painted background with rich detail',
      palette: 'luminous cobalt sky, fresh greens, peach highlights, cool violet shadows',
      light: 'bright summer sun, crisp two-tone shadows, glints and drifting particles of light',
      composition: 'wide sky with towering clouds, low horizon, expressive figure in clear silhouette',
      avoid: ['photographic skin', '3D rendering', 'muddy colours'],
    },
    transition: 'slide',
  },
  'hyper-realistic': {
    name: 'Hyper Realistic',
    art: {
      medium: 'high-end editorial photograph, true skin and material texture, nothing retouched away',
      palette: 'natural colours with gentle contrast and neutral whites',
      light: 'natural window or late-afternoon daylight, soft falloff, real shadows',
      composition: '50 mm lens at eye level, shallow depth of field, focus on the subject, uncluttered background',
      avoid: ['illustration', 'plastic skin', 'oversharpening', 'extra fingers or limbs'],
    },
    transition: 'crossfade',
  },
  '3d-cartoon': {
    name: '3D Cartoon',
    art: {
      medium: 'frame of a computer-animated family film, rounded soft forms, clay-like and felt-like materials',
      palette: 'bright candy colours balanced by soft pastels',
      light: 'soft global illumination with a warm key light and a cool bounce, glowing translucent edges',
      composition: '35 mm lens slightly below eye level, big readable poses, simple staged background',
      avoid: ['realistic skin pores', 'gritty textures', 'flat line drawing'],
    },
    transition: 'slide',
  },
  caricature: {
    name: 'Caricature',
    art: {
      medium: 'exaggerated caricature in loose ink line and watercolour wash, drips and blooms left visible',
      palette: 'lively washes of coral, olive and sky blue on white paper',
      light: 'simple light from the upper left, one wash of shadow',
      composition: 'oversized heads and telling features on small bodies, strong gesture, plenty of white paper around',
      avoid: ['likenesses of real persons', 'cruel mockery', 'photographic detail'],
    },
    transition: 'wipe',
  },
  'modern-abstract': {
    name: 'Modern Abstract',
    art: {
      medium: 'modern abstract composition of flat geometric cut-paper shapes with slightly rough screen-print edges',
      palette: 'four bold colours at most: cobalt, tomato red, mustard and off-white, with black for weight',
      light: 'no modelled light; depth comes from overlap and scale alone',
      composition: 'asymmetric balance, one dominant shape that stands for the subject, generous empty space',
      avoid: ['realistic detail', 'gradients', 'faces with features'],
    },
    transition: 'zoom',
  },
  'ink-sketch': {
    name: 'Ink Sketch',
    art: {
      medium: 'pen, ink and wet brush on off-white rag paper, splashes, dry strokes and broken contours',
      palette: 'black ink with a sepia wash and one hint of faded indigo',
      light: 'suggested by untouched paper, shadows pooled in brush washes',
      composition: 'quick travel-journal view, subject off centre, lines that run out into empty paper',
      avoid: ['bright colours', 'smooth digital shading', 'a pen or a hand in the picture'],
    },
    transition: 'wipe',
  },
  'comic-book': {
    name: 'Comic Book',
    art: {
      medium:
        'four-colour comic print of the newsstand era, bold black outlines, halftone dots, slight misregistration',
      palette: 'bright primary red, yellow and blue with flat skin tones on yellowed newsprint',
      light: 'graphic spot blacks and one clear light direction, action lines for energy',
      composition: 'heroic foreshortening, one full-picture moment, the subject breaking out of the background',
      avoid: ['speech balloons', 'sound-effect words', 'comic panels', 'known heroes of comics'],
    },
    transition: 'slide',
  },
  'retro-anime': {
    name: 'Retro Anime',
    art: {
      medium: '1980s hand-painted animation cel over a poster-colour background, slightly uneven ink lines',
      palette: 'muted teal, dusty rose, amber and navy, as on aged film stock',
      light: 'soft bloom around lamps and sunsets, airbrushed glows, slight film grain',
      composition: 'quiet cinematic framing, small figure before a big city or sky, still air',
      avoid: ['digital gloss', '3D rendering', 'neon oversaturation'],
    },
    transition: 'crossfade',
  },
  cyberpunk: {
    name: 'Cyberpunk',
    art: {
      medium: 'cinematic science-fiction concept painting, dense technical detail, wet surfaces',
      palette: 'magenta and cyan neon over blue-black, with small touches of acid yellow',
      light: 'night lit by abstract glowing shapes and holograms, reflections in rain, haze with deep contrast',
      composition: 'low 28 mm street view between towering buildings, one figure or object against the glow',
      avoid: ['readable signs', 'daylight', 'pastoral scenery'],
    },
    transition: 'zoom',
  },
} as const satisfies Record<string, { name: string; art: ArtDirection; transition: TransitionId }>
export type StyleId = keyof typeof styles
export const defaultStyle: StyleId = 'warm-fable'
