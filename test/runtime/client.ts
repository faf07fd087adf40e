import { existsSync } from 'node:fs'
import { clientEntry } from '../../scripts/test-runtime.ts'

/** AWS's runtime interface client. */
export const runtimeClient = clientEntry
/** Whether it is installed: it is built from C++ sources, which takes a minute and tools that not everybody has. */
export const hasRuntimeClient = existsSync(clientEntry)
export const howToGetIt = "without AWS's runtime interface client; 'npm run test:runtime' installs it and runs this"
