import type { Operation } from './_http/operation.ts'
import { getEvents } from './attempts/events.ts'
import { getAttempt, postFinish, postResponses } from './attempts/learner.ts'
import { postExtension, postGrade, postOverride } from './attempts/staff.ts'
import { getExtension, postExtensions } from './quizzes/extensions.ts'
import { deleteKey, getKeys, postKey } from './keys/api-keys.ts'
import { getAttempts } from './quizzes/attempts.ts'
import { getGrades } from './quizzes/grades.ts'
import { deleteAccommodations, getAccommodations, putAccommodations } from './learners/accommodations.ts'
import { deleteLearner, getLearner } from './learners/learner.ts'
import { deleteQuiz, putQuiz } from './quizzes/publish.ts'
import { getQuestions, getQuiz, getQuizzes } from './quizzes/read.ts'
import { getRegrade, postRegrade } from './quizzes/regrades.ts'
import { getRevision, getRevisions } from './quizzes/revisions.ts'
import { postAttempt } from './quizzes/start.ts'
import { postSubmission } from './quizzes/submit.ts'
import { getDeliveries, postRedelivery, postReplay, postTest } from './webhooks/deliveries.ts'
import { getWebhook, getWebhooks, patchWebhook, postRotation, postWebhook, removeWebhook } from './webhooks/webhooks.ts'
import { getDocs, getOpenApi } from './service/description.ts'
import { getProblem } from './service/problems.ts'
import { getPlay, getVerify } from './service/pages.ts'
import { getRoot } from './service/root.ts'
import { getHealth, getJwks, getReadiness, getVersion } from './service/status.ts'

/** Every call of the contract, in the order of its documentation. */
export const operations: readonly Operation[] = [
  getQuizzes,
  getQuiz,
  getQuestions,
  postAttempt,
  postSubmission,
  getAttempt,
  postResponses,
  postFinish,
  getEvents,
  postExtension,
  postExtensions,
  getExtension,
  postGrade,
  postOverride,
  postRegrade,
  getRegrade,
  getAttempts,
  getGrades,
  getAccommodations,
  putAccommodations,
  deleteAccommodations,
  getLearner,
  deleteLearner,
  putQuiz,
  deleteQuiz,
  getRevisions,
  getRevision,
  postKey,
  getKeys,
  deleteKey,
  postWebhook,
  getWebhooks,
  getWebhook,
  patchWebhook,
  removeWebhook,
  postRotation,
  postTest,
  getDeliveries,
  postRedelivery,
  postReplay,
  getRoot,
  getPlay,
  getVerify,
  getOpenApi,
  getDocs,
  getProblem,
  getJwks,
  getHealth,
  getReadiness,
  getVersion,
]
