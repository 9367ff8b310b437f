import { readdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import type { BankFile } from '../bank/bank-file.ts'
import { readQuiz, type ReadQuiz } from '../bank/read-quiz.ts'
import { CliError } from './command.ts'

/**
 * Reads the quizzes of folders: each is a quiz folder, with a quiz.yaml in it, or a folder of such folders. Findings name
 * files by the path as it was given.
 */
export async function loadQuizzes(folders: readonly string[], cwd: string): Promise<ReadQuiz[]> {
  const found = await Promise.all(folders.map((folder) => findQuizFolders(folder, cwd)))
  const quizFolders = [...new Map(found.flat().map((folder) => [resolve(cwd, folder), folder])).values()]
  const quizzes = await Promise.all(quizFolders.map((folder) => loadQuiz(folder, cwd)))
  for (const [index, { id }] of quizzes.entries()) {
    const other = quizzes.findIndex((quiz) => quiz.id === id)
    if (other < index) throw new CliError(`${quizFolders[other]} and ${quizFolders[index]} are both the quiz "${id}".`)
  }
  return quizzes
}

async function findQuizFolders(given: string, cwd: string): Promise<string[]> {
  const folder = join(given).replace(/(?<=.)[/\\]$/, '')
  const entries = await list(folder, cwd)
  if (entries.some(({ name }) => name === 'quiz.yaml')) return [folder]
  const children = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name))
  const contents = await Promise.all(children.map((child) => list(child, cwd)))
  const quizFolders = children.filter((_child, index) => contents[index]?.some(({ name }) => isBankFile(name)))
  if (quizFolders.length > 0) return quizFolders.toSorted()
  if (entries.some(({ name }) => isBankFile(name))) return [folder]
  throw new CliError(`${folder}: there is no quiz here, and none in a folder below. A quiz folder has a quiz.yaml.`)
}

async function loadQuiz(folder: string, cwd: string): Promise<ReadQuiz> {
  const entries = await list(folder, cwd)
  const names = entries.filter((entry) => !entry.isDirectory() && isBankFile(entry.name)).map(({ name }) => name)
  const files = await Promise.all(names.map((name) => loadFile(join(folder, name), cwd)))
  return readQuiz(basename(resolve(cwd, folder)), files)
}

function isBankFile(name: string): boolean {
  return name === 'quiz.yaml' || name.endsWith('.md')
}

async function list(folder: string, cwd: string) {
  try {
    return await readdir(resolve(cwd, folder), { withFileTypes: true })
  } catch (error) {
    throw new CliError(`${folder}: this folder cannot be read.`, { cause: error })
  }
}

/** Reads a file of a bank. */
export async function loadFile(path: string, cwd: string): Promise<BankFile> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(resolve(cwd, path)))
    return { path: path.replaceAll('\\', '/'), text }
  } catch (error) {
    throw new CliError(`${path}: this file cannot be read, or is not UTF-8.`, { cause: error })
  }
}
