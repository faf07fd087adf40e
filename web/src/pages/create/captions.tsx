import { useEffect, useRef, useState } from 'preact/hooks'
import type { Catalog } from '../../../../api/schemas/house.ts'
import { Button } from '../../components/button.tsx'
import { Switch } from '../../components/field.tsx'
import { RadioCards } from '../../components/radio-cards.tsx'
import { SelectField } from '../../components/field.tsx'
import { ColourField } from './colour-field.tsx'
import { change, type Draft } from './draft.ts'
import type { Problems } from './problems.ts'
import { Section } from './section.tsx'

type Props = { draft: Draft; catalog: Catalog; problems: Problems }

const auto = { id: 'auto', name: 'Auto' }

export function Captions({ draft, catalog, problems }: Props) {
  const [isMoving, setMoving] = useState(() => !matchMedia('(prefers-reduced-motion: reduce)').matches)
  return (
    <Section title="Captions" hint="Each word appears as it is said.">
      <Button
        kind="quiet"
        size="small"
        class="create__beside-title"
        icon={isMoving ? 'pause' : 'play'}
        aria-pressed={!isMoving}
        onClick={() => setMoving(!isMoving)}
      >
        Pause previews
      </Button>
      <RadioCards
        legend="Look"
        isLegendHidden
        shape="pictures"
        class="caption-looks"
        options={catalog.captionLooks.map(({ id, name, description, previewLink }) => ({
          id,
          name,
          description,
          picture: <Preview source={previewLink} isMoving={isMoving} />,
        }))}
        value={draft.captionLook}
        onChange={(captionLook) => change({ captionLook })}
        error={problems.at('captions')}
      />
      {draft.captionLook !== 'none' && (
        <div class="caption-wishes">
          <RadioCards
            legend="Position"
            shape="segments"
            options={[auto, ...catalog.captionPositions]}
            value={draft.captionPosition}
            onChange={(captionPosition) => change({ captionPosition })}
          />
          <RadioCards
            legend="Size"
            shape="segments"
            options={[auto, ...catalog.captionSizes]}
            value={draft.captionSize}
            onChange={(captionSize) => change({ captionSize })}
          />
          <SelectField
            label="Font"
            options={[{ id: 'auto', name: 'As the look has it' }, ...catalog.captionFonts]}
            value={draft.captionFont}
            onChange={(captionFont) => change({ captionFont })}
          />
          <ColourField
            label="Colour of the spoken word"
            value={draft.captionAccent}
            onChange={(captionAccent) => change({ captionAccent })}
          />
          <Switch
            label="Capitals"
            isOn={draft.captionUpperCase}
            onChange={(captionUpperCase) => change({ captionUpperCase })}
          />
        </div>
      )}
    </Section>
  )
}

/** A moving picture that can be made to stand still, on its first frame. */
function Preview({ source, isMoving }: { source: string; isMoving: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (isMoving) return undefined
    const picture = new Image()
    picture.addEventListener('load', () => canvas.current?.getContext('2d')?.drawImage(picture, 0, 0, 320, 200))
    picture.src = source
    return () => (picture.src = '')
  }, [isMoving, source])
  if (!isMoving) return <canvas ref={canvas} width="320" height="200" />
  return <img src={source} alt="" loading="lazy" decoding="async" width="320" height="200" />
}
