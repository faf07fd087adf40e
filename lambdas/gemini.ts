import { serviceHandler } from './service.ts'

export const handler = serviceHandler('gemini')
