import { MUTANTS } from '../../simulation/mutants.ts'
import { CONTRACT_FAULTS } from './contract-faults.ts'
import { LEAKS } from './leaks.ts'
import type { Planted } from './plant.ts'

/** Every fault that a proof must find. */
export const ALL_PLANTED: readonly Planted[] = [...MUTANTS, ...CONTRACT_FAULTS, ...LEAKS]
