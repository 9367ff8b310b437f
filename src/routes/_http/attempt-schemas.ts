import { ReceivedResponse, ResponseInput } from '../../grading/wire.ts'
import * as v from 'valibot'

/** Bytes of a learner's body. */
export const LEARNER_BODY = 64_000

/** Responses of one request. */
const MAX_RESPONSES = 500

/** How responses are read, and how the API description shows them. */
export const Responses = v.pipe(v.array(ReceivedResponse), v.maxLength(MAX_RESPONSES))
export const DescribedResponses = v.pipe(v.array(ResponseInput), v.maxLength(MAX_RESPONSES))

export const Token = v.pipe(v.string(), v.description('A progress token: a JWT, `typ` progress+jwt.'))
export const Receipt = v.pipe(v.string(), v.description('A receipt: a JWT, `typ` receipt+jwt.'))
