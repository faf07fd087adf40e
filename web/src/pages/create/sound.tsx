import { useState } from 'preact/hooks'
import type { Catalog } from '../../../../api/schemas/house.ts'
import { Button } from '../../components/button.tsx'
import { PlayButton } from '../../components/play-button.tsx'
import { RadioCards } from '../../components/radio-cards.tsx'
import { change, type Draft } from './draft.ts'
import { OneFile } from './one-file.tsx'
import type { Problems } from './problems.ts'
import { Section } from './section.tsx'

type Props = { draft: Draft; catalog: Catalog; problems: Problems }

const fewVoices = 9

export function Voices({ draft, catalog, problems }: Props) {
  const [areAllShown, setAllShown] = useState(false)
  const [wanted, setWanted] = useState('all')
  const genders = ['all', ...new Set(catalog.voices.map(({ gender }) => gender))]
  const fitting = catalog.voices.filter(({ gender }) => wanted === 'all' || gender === wanted)
  const shown = fitting.filter(({ id }, index) => areAllShown || index < fewVoices || id === draft.voice)
  return (
    <Section title="Voice" hint={whoSpeaks(catalog)}>
      <RadioCards
        legend="Show voices"
        isLegendHidden
        shape="segments"
        options={genders.map((id) => ({ id, name: id.charAt(0).toUpperCase() + id.slice(1) }))}
        value={wanted}
        onChange={setWanted}
      />
      <RadioCards
        legend="Voice"
        isLegendHidden
        class="sounds"
        options={shown.map(({ id, name, description, spokenBy, sampleLink }) => ({
          id,
          name,
          description: [description, isMixed(catalog) && spokenBy].filter(Boolean).join(' · '),
          picture: <span class={`monogram monogram--${hueOf(id)}`}>{name.charAt(0)}</span>,
          beside: <PlayButton source={sampleLink} name={name} />,
        }))}
        value={draft.voice}
        onChange={(voice) => change({ voice })}
        error={problems.at('voice')}
      />
      {shown.length < fitting.length && (
        <Button kind="quiet" icon="down" class="create__more" onClick={() => setAllShown(true)}>
          {`Show all ${fitting.length} voices`}
        </Button>
      )}
    </Section>
  )
}

export function Music({ draft, catalog, problems }: Props) {
  return (
    <Section title="Music">
      {draft.musicFile === undefined && (
        <RadioCards
          legend="Mood"
          isLegendHidden
          class="sounds moods"
          options={catalog.music.map(({ id, name, description, sampleLink }) => ({
            id,
            name,
            description,
            beside: sampleLink !== undefined && <PlayButton source={sampleLink} name={`${name} music`} />,
          }))}
          value={draft.music}
          onChange={(music) => change({ music })}
          error={problems.at('music')}
        />
      )}
      <OneFile
        label="Your own music"
        hint="It is looped or faded out to the length of the video, and kept below the voice."
        kind="music"
        value={draft.musicFile}
        onChange={(musicFile) => change({ musicFile })}
        error={problems.at('musicFile')}
        limits={catalog.limits}
      />
    </Section>
  )
}

function isMixed({ voices }: Catalog): boolean {
  return new Set(voices.map(({ spokenBy }) => spokenBy)).size > 1
}

function whoSpeaks(catalog: Catalog): string | undefined {
  if (isMixed(catalog)) return undefined
  const [who] = catalog.voices.map(({ spokenBy }) => spokenBy)
  if (who === undefined) return undefined
  return who === 'embedded'
    ? 'Here all are spoken by three embedded voices, free of charge. With a key of a voice service each has its own.'
    : `Spoken by ${who}.`
}

/** Always the same for the same voice. */
function hueOf(id: string): number {
  return [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6
}
