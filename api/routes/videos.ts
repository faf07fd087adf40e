// All that is asked of videos, by what it is asked for.
import type { Memory } from '../memory.ts'
import { newRoutes } from '../new-routes.ts'
import type { ApiPorts } from '../ports.ts'
import { changeRoutes } from './videos/changes.ts'
import { eventRoutes } from './videos/events.ts'
import { lookRoutes } from './videos/look.ts'
import { makeRoutes } from './videos/make.ts'

export function videoRoutes(ports: ApiPorts, memory: Memory) {
  return newRoutes()
    .route('/', makeRoutes(ports, memory))
    .route('/', lookRoutes(ports, memory))
    .route('/', changeRoutes(ports, memory))
    .route('/', eventRoutes(ports, memory))
}
