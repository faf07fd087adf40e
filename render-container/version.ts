/** Part of the name of everything rendered. Raised whenever the same timeline would come out otherwise. */
export const RENDERER_VERSION = 'compose-4'
