import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

type Package = { optionalDependencies?: Record<string, string>; resolved?: string }
const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Record<string, Package>
}

// `npm ci` refuses a lock file that lacks one, on every platform. npm leaves them out when the registry that it asked
// does not carry them (a partial mirror): then add them by hand, with version, os, cpu and libc.
describe('package-lock.json', () => {
  it("has an entry for every platform's package", () => {
    const wanted = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies ?? {}),
    )
    expect(wanted.length).toBeGreaterThan(50)
    expect(wanted.filter((name) => !packages[`node_modules/${name}`])).toEqual([])
  })

  it('names no registry, so that it installs from any', () => {
    expect(Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)).toEqual([])
  })
})
