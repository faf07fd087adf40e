// The one dated catalogue of the services and their models: what they do, cost and allow, and when they retire; and
// who is chosen from it for a video. Its parts are in core/models/.
export { catalogueDate, findModel, isRetired, models } from './models/catalogue.ts'
export { chargeOf, estimateMicroUsd, priceOn } from './models/charge.ts'
export { chooseModels } from './models/choose.ts'
export { ladderOf, retiringSoon, serviceOf } from './models/ladder.ts'
export type * from './models/model.ts'
export { defaultPreset, type PresetId, presets, roles } from './models/presets.ts'
export { services } from './models/services.ts'
export type { World } from './models/wish.ts'
