import type { Catalog } from '../../../../api/schemas/house.ts'
import { SelectField } from '../../components/field.tsx'
import { change, type Draft } from './draft.ts'
import type { Problems } from './problems.ts'

/** Who does what: a preset, and another service or model for single roles. */
export function Models({ draft, catalog, problems }: { draft: Draft; catalog: Catalog; problems: Problems }) {
  const preset = catalog.presets.find(({ id }) => id === draft.preset)
  return (
    <>
      <SelectField
        label="Models"
        options={catalog.presets}
        value={draft.preset}
        onChange={(chosen) => change({ preset: chosen })}
        hint={preset?.description}
        error={problems.at('models.preset')}
      />
      {catalog.roles.map(({ id, name, description }) => (
        <SelectField
          key={id}
          label={name}
          hint={description}
          options={optionsFor(id, catalog)}
          value={draft.models[id] ?? ''}
          onChange={(model) => change({ models: { ...draft.models, [id]: model } })}
          error={problems.at(`models.${id}`)}
        />
      ))}
    </>
  )
}

function optionsFor(role: string, { models }: Catalog) {
  return [
    { id: '', name: 'As chosen above' },
    { id: 'embedded', name: 'Embedded, free' },
    ...models
      .filter(({ roles }) => roles.includes(role))
      .map(({ id, name, service, isAvailable }) => ({
        id,
        name: isAvailable ? `${name} (${service})` : `${name} (${service}, no key here)`,
        isDisabled: !isAvailable,
      })),
  ]
}
