import { prepareGround } from './ground.ts'
import { simulate } from './simulate.ts'

/** A process that lives through the seeds that it is sent, one after the other. */
const ground = await prepareGround()
process.on('message', async (seed: number) => {
  process.send!(await simulate(seed, ground))
})
process.send!('ready')
