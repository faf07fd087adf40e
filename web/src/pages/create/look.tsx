import type { Catalog } from '../../../../api/schemas/house.ts'
import { RadioCards } from '../../components/radio-cards.tsx'
import { change, type Draft } from './draft.ts'
import type { Problems } from './problems.ts'
import { Section } from './section.tsx'

type Props = { draft: Draft; catalog: Catalog; problems: Problems }

export function Look({ draft, catalog, problems }: Props) {
  return (
    <Section title="Look">
      <RadioCards
        legend="Format"
        class="formats"
        options={catalog.formats.map(({ id, name, width, height }) => ({
          id,
          name,
          description: id,
          picture: <FormatShape width={width} height={height} />,
        }))}
        value={draft.format}
        onChange={(format) => change({ format })}
        error={problems.at('format')}
      />
      <RadioCards
        legend="Style"
        shape="pictures"
        class="styles"
        options={catalog.styles.map(({ id, name, pictureLink }) => ({
          id,
          name,
          picture: <img src={pictureLink} alt="" loading="lazy" decoding="async" width="360" height="480" />,
        }))}
        value={draft.style}
        onChange={(style) => change({ style })}
        error={problems.at('style')}
      />
    </Section>
  )
}

function FormatShape({ width, height }: { width: number; height: number }) {
  const scale = 30 / Math.max(width, height)
  const [w, h] = [width * scale, height * scale]
  return (
    <svg class="format-shape" width="36" height="36" viewBox="0 0 36 36" focusable="false">
      <rect x={(36 - w) / 2} y={(36 - h) / 2} width={w} height={h} rx="3.5" />
      <path d={`M${18 - w * 0.28} ${18 + h * 0.3}h${w * 0.56}`} />
    </svg>
  )
}
