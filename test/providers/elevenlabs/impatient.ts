// Imported into a thread before all else: there, what was set first is what holds.
import { governConnections } from '../../../providers/calls/dispatcher.ts'

await governConnections(200)
