import { run } from '../src/cli/run.ts'

/** Publishes `questions/` to a server that runs; what has not changed makes nothing. Throws when it is refused. */
export async function publishBank(origin: string, adminKey: string): Promise<void> {
  const exitCode = await run(['publish', 'questions', '--url', origin], {
    stdout: (output) => void process.stdout.write(output),
    stderr: (output) => void process.stderr.write(output),
    readStdin: async () => '',
    env: { ADMIN_KEY: adminKey },
    fetch,
    cwd: process.cwd(),
    interrupted: () => Promise.resolve(),
  })
  if (exitCode !== 0) throw new Error('The bank could not be published.')
}
