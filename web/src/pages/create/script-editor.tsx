import { useRef } from 'preact/hooks'
import type { Catalog } from '../../../../api/schemas/house.ts'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Icon } from '../../components/icon.tsx'
import { Tabs } from '../../components/tabs.tsx'
import { count, duration } from '../../format.ts'
import { change, type Draft } from './draft.ts'
import type { Estimate } from './estimate.ts'
import { examples } from './examples.ts'
import type { Problems } from './problems.ts'

type Props = {
  draft: Draft
  estimate: Estimate
  limits: Catalog['limits']
  problems: Problems
  /** Why no script can be made of a topic. */
  nobodyWrites: string | undefined
}

export function ScriptEditor({ draft, estimate, limits, problems, nobodyWrites }: Props) {
  const shown = useRef(0)
  const isExample = examples.includes(draft.script) || draft.script === ''
  const showExample = () => {
    change({ mode: 'script', script: examples[shown.current++ % examples.length]!, sceneList: undefined })
  }
  return (
    <div class="panel editor">
      <Tabs
        label="What the video is made of"
        value={draft.mode}
        onChange={(mode) => change({ mode })}
        tabs={[
          { id: 'script', name: 'Script', panel: <Script {...{ draft, estimate, limits, problems }} /> },
          { id: 'topic', name: 'Topic', panel: <Topic {...{ draft, limits, problems, nobodyWrites }} /> },
        ]}
        beside={
          draft.mode === 'script' &&
          isExample && (
            <Button kind="quiet" size="small" icon="spark" onClick={showExample}>
              Example
            </Button>
          )
        }
      />
    </div>
  )
}

function Script({
  draft,
  estimate: { words, characters, seconds },
  limits: { scriptCharacters },
  problems,
}: Omit<Props, 'nobodyWrites'>) {
  const isTooLong = characters > scriptCharacters
  const tooLong =
    isTooLong &&
    `The script is ${count(characters - scriptCharacters, 'character')} too long. Shorten it, or make two videos of it.`
  return (
    <>
      <Field label="Script" isLabelHidden error={tooLong || problems.at('script')}>
        {(control) => (
          <textarea
            {...control}
            class="editor__text"
            dir="auto"
            data-field="script"
            rows={9}
            value={draft.script}
            placeholder="Paste or write what the narrator says. Pictures, captions and music are made to fit."
            onInput={(event) => change({ script: event.currentTarget.value })}
          />
        )}
      </Field>
      <p class="editor__counts">
        <span>{count(words, 'word')}</span>
        <span>about {duration(seconds)}</span>
        <span class={isTooLong ? 'editor__over' : undefined}>
          {characters.toLocaleString('en')} / {scriptCharacters.toLocaleString('en')} characters
        </span>
      </p>
    </>
  )
}

function Topic({ draft, limits: { topicCharacters }, problems, nobodyWrites }: Omit<Props, 'estimate'>) {
  return (
    <>
      {nobodyWrites !== undefined && (
        <p class="editor__warning" id="nobody-writes">
          <Icon name="info" size={18} />
          <span>{nobodyWrites}</span>
        </p>
      )}
      <Field label="Topic" isLabelHidden error={nobodyWrites === undefined ? problems.at('topic') : undefined}>
        {(control) => (
          <textarea
            {...control}
            {...(nobodyWrites !== undefined && {
              'aria-describedby': 'nobody-writes',
              ...(problems.at('topic') !== undefined && { 'aria-invalid': true }),
            })}
            class="editor__text editor__text--topic"
            dir="auto"
            data-field="topic"
            rows={3}
            maxLength={topicCharacters}
            value={draft.topic}
            placeholder="Why octopuses dream"
            onInput={(event) => change({ topic: event.currentTarget.value })}
          />
        )}
      </Field>
      <p class="editor__counts">
        <span>{nobodyWrites === undefined && 'The script is written for you, for about a minute.'}</span>
        <span>
          {[...draft.topic].length} / {topicCharacters} characters
        </span>
      </p>
    </>
  )
}
