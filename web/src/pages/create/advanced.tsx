import type { Catalog } from '../../../../api/schemas/house.ts'
import { Disclosure } from '../../components/disclosure.tsx'
import { SelectField, Switch, TextField } from '../../components/field.tsx'
import { count } from '../../format.ts'
import { change, type Draft, emptyDraft } from './draft.ts'
import { Models } from './models.tsx'
import { OneFile } from './one-file.tsx'
import type { Problems } from './problems.ts'

type Props = {
  draft: Draft
  catalog: Catalog
  problems: Problems
  isOpen: boolean
  onToggle: (isOpen: boolean) => void
}
type TextName = { [Name in keyof Draft]-?: Draft[Name] extends string ? Name : never }[keyof Draft]
type Named = { id: string; name: string; description?: string | undefined }

/** Fields of the request that stand in here, in order. */
export const advancedFields = [
  'title',
  'language',
  'keywords',
  'negativeKeywords',
  'seed',
  'transition',
  'motion',
  'soundEffects',
  'titleCard',
  'endCard',
  'watermark',
  'progressBar',
  'intro',
  'outro',
  'resolution',
  'fps',
  'codec',
  'quality',
  'hls',
  'models',
  'maxCostUsd',
  'webhookUrl',
]

export function Advanced({ draft, catalog, problems, isOpen, onToggle }: Props) {
  const text = (
    field: TextName,
    label: string,
    more: { hint?: string; placeholder?: string; inputMode?: 'numeric' | 'decimal'; type?: 'url' } = {},
  ) => (
    <TextField
      label={label}
      isOptional
      value={draft[field]}
      onInput={(value) => change({ [field]: value })}
      // A number that nobody gave is not what is wrong with the scenes.
      error={field === 'scenes' && draft.scenes.trim() === '' ? undefined : problems.at(field)}
      {...more}
    />
  )
  const choice = (field: TextName, label: string, options: readonly Named[]) => (
    <SelectField
      label={label}
      options={options.map(worded)}
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
      error={problems.at(field)}
    />
  )
  const file = (field: 'intro' | 'outro', label: string, hint: string) => (
    <OneFile
      label={label}
      hint={hint}
      kind="clip"
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
      error={problems.at(field)}
      limits={catalog.limits}
    />
  )
  return (
    <Disclosure summary="More options" note={noteOf(draft)} isOpen={isOpen} onToggle={onToggle}>
      <h3 class="create__group">Story</h3>
      <div class="create__fields">
        {text('title', 'Title', { hint: 'Found from the script when empty.' })}
        {text('language', 'Language', { placeholder: 'en, pt-BR', hint: 'Found from the script when empty.' })}
        {text('keywords', 'Keywords', { hint: 'What the pictures should have, with commas between.' })}
        {text('negativeKeywords', 'Negative keywords', { hint: 'What they should not have.' })}
        {draft.sceneList === undefined &&
          text('scenes', 'Number of scenes', {
            inputMode: 'numeric',
            hint: `As the script asks for when empty; at most ${catalog.limits.scenes}.`,
          })}
        {text('seed', 'Seed', { inputMode: 'numeric', hint: 'The same request and seed make the same video.' })}
      </div>
      <h3 class="create__group">Editing</h3>
      <div class="create__fields">
        {choice('transition', 'Transition', catalog.transitions)}
        {choice('motion', 'Motion of pictures', catalog.motions)}
        {choice('titleCard', 'Title card', titleCards)}
        {draft.titleCard === 'own' && text('titleCardText', 'Text of the title card')}
        {text('endCard', 'End card', { hint: 'A text after the last scene.' })}
        {text('watermark', 'Watermark', { hint: 'A short text in a corner of every frame.' })}
        <Switch
          label="Progress bar"
          hint="Along the edge of the frame."
          isOn={draft.progressBar}
          onChange={(progressBar) => change({ progressBar })}
        />
        <Switch
          label="Sounds between scenes"
          isOn={draft.soundEffects}
          onChange={(soundEffects) => change({ soundEffects })}
        />
      </div>
      {file('intro', 'Intro', 'A clip before everything else, with its sound.')}
      {file('outro', 'Outro', 'A clip after everything else, with its sound.')}
      <h3 class="create__group">File</h3>
      <div class="create__fields">
        {choice('resolution', 'Resolution', catalog.resolutions)}
        {choice(
          'fps',
          'Frames a second',
          catalog.frameRates.map((rate) => ({ id: String(rate), name: String(rate) })),
        )}
        {choice('codec', 'Codec', catalog.codecs)}
        {choice('quality', 'Quality', catalog.qualities)}
        <Switch
          label="HLS as well"
          hint="For streaming, in several sizes."
          isOn={draft.hls}
          onChange={(hls) => change({ hls })}
        />
      </div>
      <h3 class="create__group">Who makes it, and for how much</h3>
      <div class="create__fields">
        <Models {...{ draft, catalog, problems }} />
        {text('maxCostUsd', 'Most it may cost, in dollars', {
          inputMode: 'decimal',
          placeholder: '0.50',
          hint: 'Nothing more is bought once this would be passed.',
        })}
        {text('webhookUrl', 'Webhook address', {
          type: 'url',
          placeholder: 'https://…',
          hint: 'Told when the video is started, done or failed.',
        })}
      </div>
    </Disclosure>
  )
}

const titleCards = [
  { id: 'none', name: 'None' },
  { id: 'title', name: 'The title' },
  { id: 'own', name: 'A text of its own' },
]

function worded({ id, name, description }: Named): { id: string; name: string } {
  return { id, name: description === undefined ? name : `${name}: ${description}` }
}

const counted = [
  'title',
  'language',
  'keywords',
  'negativeKeywords',
  'scenes',
  'seed',
  'transition',
  'motion',
  'titleCard',
  'endCard',
  'watermark',
  'progressBar',
  'soundEffects',
  'intro',
  'outro',
  'resolution',
  'fps',
  'codec',
  'quality',
  'hls',
  'preset',
  'maxCostUsd',
  'webhookUrl',
] as const

function noteOf(draft: Draft): string {
  const changed =
    counted.filter((field) => draft[field] !== emptyDraft[field]).length +
    Object.values(draft.models).filter(Boolean).length
  return changed === 0 ? 'Title, editing, file, cost' : count(changed, 'change')
}
