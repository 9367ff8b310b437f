import { buildAssets } from './_assets.ts'

/** `npm run build`: what browsers load, into `public/`. The start commands and the deployment do it by themselves. */
await buildAssets()
