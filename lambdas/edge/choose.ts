import { chooseModels } from '../../core/models.ts'
import type { SubmitPorts } from '../../core/submit.ts'
import { availableServices } from '../../providers/calls/keys.ts'

/** Who makes what, from what a request wishes and the services that this installation has. */
export const choose: SubmitPorts['choose'] = ({ models }) =>
  chooseModels(models, { available: availableServices(), today: new Date().toISOString().slice(0, 10) })
