import { ALL_PLANTED } from './all.ts'
import { plant } from './plant.ts'

/** Imported before everything else: plants the fault that PLANTED names. */
const planted = ALL_PLANTED.find(({ name }) => name === process.env['PLANTED'])
if (!planted) throw new Error(`There is nothing to plant by the name ${process.env['PLANTED']}.`)
plant(planted)
