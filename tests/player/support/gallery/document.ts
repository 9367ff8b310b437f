import { type Json, quizDocument } from '../../../support/quiz-document.ts'
import { AFTERWARDS, EXPLANATION, MANIFEST } from './prose.ts'

/** A question of every type, as an author writes them: with code, tables, long words, feedback and hints. */

export const single: Json = {
  id: 'single',
  section: 'images',
  type: 'single-choice',
  points: 2,
  prompt: `Both stages of this \`Dockerfile\` are built with BuildKit, one after the other, and nothing is cached.

\`\`\`dockerfile
FROM golang:1.24 AS build
COPY . /src
RUN go build -o /out/server ./cmd/server && chmod 0755 /out/server

FROM scratch
COPY --from=build /out/server /server
ENTRYPOINT ["/server"]
\`\`\`

Which line decides what the image holds?`,
  options: [
    {
      id: 'scratch',
      text: '`FROM scratch` and what comes after it',
      feedback: 'Only the last stage becomes the image. What it copies from others it holds, and nothing else of them.',
    },
    {
      id: 'golang',
      text: `\`FROM golang:1.24\`, for a stage is a layer below the next:

\`\`\`
docker history --no-trunc registry.example.com/team/server:1.4.2-rc1
\`\`\``,
      feedback:
        'It tempts because the stages stand **below each other** in the file. They are built side by side: `history` shows two layers.',
    },
    { id: 'entrypoint', text: 'Neither: an image is its `ENTRYPOINT`' },
  ],
  key: { choice: 'scratch' },
  hints: ['Look at what `docker history` would show of it.', 'What is copied is **all** that leaves a stage.'],
  feedback: { incorrect: 'A stage is a place to work in, not a part of what you ship.' },
  explanation: EXPLANATION,
}

export const truth: Json = {
  id: 'truth',
  section: 'images',
  type: 'true-false',
  prompt: 'Removing a file in a later layer makes the image smaller.',
  key: { choice: 'false' },
  explanation: AFTERWARDS,
}

export const multiple: Json = {
  id: 'multiple',
  section: 'images',
  type: 'multiple-choice',
  points: 3,
  prompt: 'Which of these are **namespaces** of Linux?',
  options: [
    { id: 'pid', text: 'Processes, `pid`' },
    { id: 'net', text: 'Network, `net`' },
    { id: 'cgroup', text: 'Control groups, `cgroup`', feedback: 'The limits are no namespace; the *view* of them is.' },
    { id: 'layer', text: 'Layers of a file system', feedback: 'They are a mount, in the namespace of mounts.' },
  ],
  key: { choices: ['pid', 'net', 'cgroup'] },
  hints: ['`lsns` lists them.'],
  explanation: AFTERWARDS,
}

export const order: Json = {
  id: 'order',
  section: 'images',
  type: 'ordering',
  points: 4,
  prompt: 'Put into order what `docker run` makes happen, the earliest first.',
  items: [
    { id: 'pull', text: 'The image is **pulled**', feedback: 'What is there already is not pulled again.' },
    { id: 'mount', text: 'Its layers are mounted with `overlayfs`, and one that can be written on top of them' },
    { id: 'namespaces', text: '`runc` makes the namespaces' },
    { id: 'exec', text: 'The process is started: `execve("/server", ["/server"], …)`' },
  ],
  key: { order: ['pull', 'mount', 'namespaces', 'exec'] },
  explanation: AFTERWARDS,
}

export const matching: Json = {
  id: 'matching',
  section: 'images',
  type: 'matching',
  points: 3,
  prompt: 'What does each of these tools do?',
  prompts: [
    { id: 'runc', text: '`runc`', feedback: 'It is gone as soon as the process runs.' },
    { id: 'containerd', text: '`containerd`' },
    { id: 'buildkit', text: 'BuildKit' },
  ],
  options: [
    { id: 'starts', text: 'Starts processes' },
    { id: 'keeps', text: 'Keeps images and containers' },
    { id: 'builds', text: 'Builds images' },
    { id: 'routes', text: 'Routes packets' },
  ],
  key: { pairs: { runc: 'starts', containerd: 'keeps', buildkit: 'builds' } },
  explanation: AFTERWARDS,
}

/** Its options are more than a select can show. */
export const longMatching: Json = {
  ...matching,
  id: 'long-matching',
  options: [
    { id: 'starts', text: 'Starts **one process** from a `config.json`, and leaves' },
    { id: 'keeps', text: 'Keeps images and containers, and has a shim beside each of them that outlives it' },
    { id: 'builds', text: 'Builds images:\n\n```\nbuildctl build --frontend dockerfile.v0 --local context=.\n```' },
  ],
}

export const numeric: Json = {
  id: 'numeric',
  section: 'limits',
  type: 'numeric',
  points: 2,
  prompt: 'A container may use 250 millicores. How much of a period of 100 ms is that?',
  units: ['ms', 'µs'],
  key: { answers: [{ value: '25' }], units: { ms: 1, µs: '0.001' } },
  explanation: AFTERWARDS,
}

export const shortText: Json = {
  id: 'short-text',
  section: 'limits',
  type: 'short-text',
  maxLength: 40,
  prompt: 'With which signal does `docker stop` begin?',
  key: {
    answers: [{ text: 'SIGTERM' }, { text: 'SIGKILL', fraction: 0, feedback: 'It ends with that, ten seconds later.' }],
  },
  hints: ['It can be handled.'],
  explanation: AFTERWARDS,
}

export const cloze: Json = {
  id: 'cloze',
  section: 'limits',
  type: 'cloze',
  points: 3,
  prompt: `Fill in what is missing, so that a container is ended when it takes more than 256 MiB:

\`\`\`yaml
resources:
  {{field}}:
    memory: {{amount}}Mi
\`\`\`

The kernel then sends {{signal}}, which no process can handle.`,
  blanks: [
    { id: 'field', type: 'short-text' },
    { id: 'amount', type: 'numeric' },
    {
      id: 'signal',
      type: 'single-choice',
      options: [
        { id: 'term', text: 'SIGTERM', feedback: 'That one can be handled.' },
        { id: 'kill', text: 'SIGKILL' },
      ],
    },
  ],
  key: {
    blanks: {
      field: { answers: [{ text: 'limits' }, { text: 'requests', fraction: 0, feedback: 'Requests end nothing.' }] },
      amount: { answers: [{ value: '256' }] },
      signal: { choice: 'kill' },
    },
  },
  explanation: AFTERWARDS,
}

export const essay: Json = {
  id: 'essay',
  section: 'limits',
  type: 'essay',
  points: 5,
  prompt: `Somebody wants to run this with \`privileged: true\`. What do you say?\n\n${MANIFEST}`,
  key: {},
  samples: [
    {
      response: { text: 'Which device is it about?\n\nThen that one is what it gets, and the rest stays as it is.' },
      fraction: 1,
    },
  ],
  explanation: AFTERWARDS,
}

const QUESTIONS = [single, truth, multiple, order, matching, longMatching, numeric, shortText, cloze, essay]

/** A quiz of these questions, by default of all, in this order: worth 27 points. */
export function gallery(policy: Json = {}, questions: readonly Json[] = QUESTIONS, change: Json = {}): Json {
  const sections = [
    { id: 'images', title: 'Images and layers' },
    { id: 'limits', title: 'Requests and limits' },
  ]
  return quizDocument({
    title: 'What a container is made of',
    description: `Ten questions on **images**, namespaces and limits.\n\nYou need nothing but what you know; \`man 7 namespaces\` does no harm.`,
    sections: sections.filter(({ id }) => questions.some(({ section }) => section === id)),
    policy,
    questions,
    ...change,
  })
}
