import { operation } from '../_http/operation.ts'
import { AUTHORS_IMAGES, home, page, policyOf } from '../_http/page.ts'
import { html } from 'hono/html'
import * as v from 'valibot'

const SCRIPTS = ["script-src 'self'", "connect-src 'self'", "require-trusted-types-for 'script'"]

/** The player makes nodes of what the server rendered, and says so by these names. */
const PLAY_POLICY = policyOf(...SCRIPTS, AUTHORS_IMAGES, 'trusted-types answerkey lit-html')
const VERIFY_POLICY = policyOf(...SCRIPTS, "img-src 'self'", 'trusted-types lit-html')

/** Before the player: it takes the token out of the address first. */
const PLAY_SCRIPTS = html`<script type="module" src="/assets/play.js"></script>
  <script type="module" src="/player.js"></script>`

export const getPlay = operation({
  id: 'playQuiz',
  method: 'GET',
  path: '/play/{quiz}',
  summary: 'A page to take a quiz on',
  description:
    'It looks nothing up: the player in it does. An attempt that was started elsewhere is gone on with under ' +
    '`/play/{quiz}#token=…`, with its progress token, which does not reach the server with the address.',
  tag: 'Service',
  access: 'open',
  replies: { 200: { description: 'A page.', schema: v.string(), mediaTypes: ['text/html'] } },
  problems: ['not-found'],
  handle: ({ params }) =>
    page({
      title: params['quiz']!,
      head: PLAY_SCRIPTS,
      body: html`${home}
        <main class="wide">
          <h1 class="unseen">Quiz</h1>
          <answerkey-quiz quiz="${params['quiz']}"></answerkey-quiz>
          <noscript><p>Taking a quiz on this page needs JavaScript: allow it, and load the page again.</p></noscript>
        </main>`,
      policy: PLAY_POLICY,
    }),
})

export const getVerify = operation({
  id: 'readVerify',
  method: 'GET',
  path: '/verify',
  summary: 'A page to verify a receipt on',
  description:
    'The browser does it, against the public keys: the receipt is sent nowhere, also where the address brings it as ' +
    '`/verify#receipt=…`.',
  tag: 'Service',
  access: 'open',
  replies: { 200: { description: 'A page.', schema: v.string(), mediaTypes: ['text/html'] } },
  problems: [],
  handle: ({ deps }) =>
    page({
      title: 'Verify a receipt',
      head: html`<script type="module" src="/assets/verify.js"></script>`,
      // Who signs is what is configured, and not how the page was reached.
      body: html`${home}
        <main id="verify" data-issuer="${deps.config.publicUrl}">
          <noscript>
            <h1>Verify a receipt</h1>
            <p>
              Verifying on this page needs JavaScript. A receipt is a JWT: any library for these verifies it too, with
              <a href="/.well-known/jwks.json">the public keys</a>.
            </p>
          </noscript>
        </main>`,
      policy: VERIFY_POLICY,
    }),
})
