/**
 * Regular expressions that are known to take a backtracking engine exponential or polynomial time, from the literature and
 * from public advisories, some shortened to what RE2 can say. None has look-around or a back-reference.
 */
export interface EvilPattern {
  readonly pattern: string
  /** What fills a text between its ends. */
  readonly unit: string
  /** How texts begin and end, and whether they match then: known from how they are made. */
  readonly ends: readonly (readonly [head: string, tail: string, matches: boolean])[]
}

interface Ends {
  readonly head?: string
  /** The end with which the pattern fails. */
  readonly bad?: string | null
  /** One with which it does not. */
  readonly good?: string
}

const evil = (pattern: string, unit: string, { head = '', bad = '!', good }: Ends = {}): EvilPattern => ({
  pattern,
  unit,
  ends: [
    ...(bad === null ? [] : [[head, bad, false] as const]),
    ...(good === undefined ? [] : [[head, good, true] as const]),
  ],
})

/** OWASP's "Regular expression denial of service", and quantifiers within quantifiers of every kind. */
const NESTED = [
  evil('^(a+)+$', 'a', { good: '' }),
  evil('^([a-zA-Z]+)*$', 'a', { good: 'Z' }),
  evil('^(a|aa)+$', 'a', { good: '' }),
  evil('^(a|a?)+$', 'a', { good: '' }),
  evil('^(.*a){11}$', 'a'),
  evil('(.*a){20}', 'ba', { bad: 'b' }),
  evil('^(([a-z])+.)+[A-Z]([a-z])+$', 'a'),
  evil('(a*)*', 'a', { good: 'a' }),
  evil('(a*)*b', 'a', { bad: 'c', good: 'b' }),
  evil('(a+)*b', 'a', { bad: 'c', good: 'b' }),
  evil('(a?)*b', 'a', { bad: 'c', good: 'b' }),
  evil('(a*?)*?b', 'a', { bad: 'c', good: 'b' }),
  evil('(a+?)+?b', 'a', { bad: 'c', good: 'ab' }),
  evil('((a+)+)+b', 'a', { bad: 'c', good: 'ab' }),
  evil('(((a*)*)*)*b', 'a', { bad: 'c', good: 'b' }),
  evil('((((((a+)+)+)+)+)+)+b', 'a', { bad: 'c', good: 'ab' }),
  evil('(a+b?)+c', 'ab', { bad: 'd', good: 'ac' }),
  evil('(a+){2,}b', 'a', { bad: 'c', good: 'aab' }),
  evil('(a+){10}b', 'a', { bad: 'c' }),
  evil('(a{1,3})+b', 'a', { bad: 'c', good: 'ab' }),
  evil('(x+x+)+y', 'x', { bad: 'z', good: 'xxy' }),
  evil('(x+x+x+)+y', 'x', { bad: 'z', good: 'xxxy' }),
  evil('(?:a*a*)*b', 'a', { bad: 'c', good: 'b' }),
  evil('([^b]+)+b', 'a', { bad: 'c', good: 'ab' }),
  evil('(\\w+\\s?)+!', 'a', { bad: '?', good: 'a!' }),
  evil('(\\w+\\s*)+:', 'a b', { bad: ';', good: 'a:' }),
  evil('(\\d+)+%', '1', { bad: '$', good: '1%' }),
  evil('(\\d+\\.?)+x', '1', { bad: 'y', good: '1x' }),
  evil('(0*)+1', '0', { bad: '2', good: '1' }),
  evil('(\\s*\\S+\\s*)+;', 'a', { bad: ',', good: 'a;' }),
  evil('(.+)+\\n', 'a'),
  evil('(.*)*,(.*)*;', 'a', { good: ',;' }),
  evil('((ab)*|a*)*c', 'ab', { bad: 'd', good: 'aac' }),
  evil('(([a-z]+)*[a-z]+)*0', 'a', { bad: '1', good: '0' }),
]

const OVERLAPPING = [
  evil('(a|a)*b', 'a', { bad: 'c', good: 'b' }),
  evil('(a|aa|aaa)*b', 'a', { bad: 'c', good: 'b' }),
  evil('(a|b|ab)*c', 'ab', { bad: 'd', good: 'c' }),
  evil('(ab|a|b)*(ba|b|a)*c', 'ab', { bad: 'd', good: 'c' }),
  evil('(.|a)*b', 'a', { bad: 'c', good: 'b' }),
  evil('(\\w|\\d)+$', '1', { good: '1' }),
  evil('(\\w|a|[a-c])*!', 'a', { bad: '?', good: '!' }),
  evil('([a-c]|[b-d]|[c-e])+f', 'c', { bad: 'g', good: 'cf' }),
  evil('(a|[^b])*b', 'a', { bad: 'c', good: 'b' }),
  evil('("[^"]*"|[^,])*;', '"a",', { bad: '.' }),
  evil('(\\\\.|[^"])*"', '\\\\', { bad: '.', good: '."' }),
  evil('(\\s|&nbsp;| )*x', '&nbsp; ', { bad: 'y' }),
  evil('^(?:a|ab)(?:c|bcd)*(?:d*|c)*$', 'c', { bad: 'x', head: 'ab', good: 'd' }),
  evil('(foo|foobar|bar)*baz', 'foobar', { bad: 'x' }),
  evil('(1|11|111)*2', '1', { bad: '3', good: '2' }),
  evil('(a|ab|abc|abcd)*e', 'abcd', { bad: 'f' }),
]

const POLYNOMIAL = [
  evil('a*a*a*a*a*a*b', 'a', { bad: 'c', good: 'b' }),
  evil('.*.*.*.*.*=', 'a', { good: '=' }),
  evil('.*a.*a.*a.*a.*b', 'a', { bad: 'c', good: 'aaaab' }),
  evil('x\\s+\\s+\\s+$', ' ', { bad: 'x', head: 'x' }),
  evil('a*[ab]*a*[ab]*a*c', 'ab', { bad: 'd', good: 'c' }),
  evil('(.*),(.*),(.*),(.*)', 'a', { good: ',,,' }),
  evil('\\d*\\d*\\d*\\.', '7', { bad: ',', good: '.' }),
  evil('.*\\d+.*\\d+.*x', '1', { bad: 'y', good: '11x' }),
  evil('-(\\n*)(\\s*)(\\n*)x', '\n', { bad: 'y', head: '-', good: 'x' }),
]

const COUNTED = [
  evil('(a{0,100}){0,100}', 'a'),
  evil('(a{1,30}){1,30}b', 'a', { bad: 'c' }),
  evil('((a{1,10}){1,10}){1,10}b', 'a', { bad: 'c' }),
  evil('(a?){100}a{100}', 'a'),
  evil('(?:a?){50}a{50}', 'a'),
  evil('(a*){100}b', 'a', { bad: 'c' }),
  evil('(a*){20}b', 'a', { bad: 'c', good: 'b' }),
  evil('(.{0,10}){20}b', 'a', { bad: 'c' }),
  evil('.{0,200}x', 'a'),
  evil('[ab]*a[ab]{100}', 'b', { bad: 'b' }),
  evil('(a|b)*a(a|b){12}', 'ab', { bad: `b${'a'.repeat(12)}`, good: `a${'b'.repeat(12)}` }),
  evil('(x{0,7}y?){0,30}z', 'x', { bad: 'y' }),
  evil('(\\d{1,3}){1,60},', '1', { bad: '.' }),
  evil('(([a-z]{1,5}){1,5} ){1,9}x', 'abcde ', { bad: '!' }),
  evil('(\\d{1,3}\\.){1,20}\\d', '12.', { bad: '!' }),
  evil('a{1,1000}b', 'a', { bad: 'c', good: 'ab' }),
]

const ADVISORIES = [
  // E-mail: OWASP's validation repository, ASP.NET's validator, HTML's input, and a much copied one.
  evil(
    '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$',
    'a',
    { good: 'a@b.co.uk' },
  ),
  evil('^([0-9a-zA-Z]([-.\\w]*[0-9a-zA-Z])*@(([0-9a-zA-Z])+([-\\w]*[0-9a-zA-Z])*\\.)+[a-zA-Z]{2,9})$', 'a', {
    good: 'a@b.c.museum',
  }),
  evil("^\\w+([-+.']\\w+)*@\\w+([-.]\\w+)*\\.\\w+([-.]\\w+)*$", 'a.a', { head: 'a@', good: 'a.b' }),
  evil(
    "^[\\w.!#$%&'*+/=?^`{|}~-]+@[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?(?:\\.[a-z\\d](?:[a-z\\d-]{0,61}[a-z\\d])?)*$",
    'a',
    {
      head: 'a@',
    },
  ),
  evil('^([a-z0-9_\\.-]+)@([\\da-z\\.-]+)\\.([a-z\\.]{2,6})$', '.a', { head: 'a@', good: 'a.bc' }),
  // URLs: a much copied one, one from regexlib, and a host name.
  evil('^(https?://)?([\\da-z.-]+)\\.([a-z.]{2,6})([/\\w .-]*)*/?$', 'a', { head: 'http://a.bc/', good: '/' }),
  evil('^(ht|f)tps?://[a-z0-9-.]+\\.[a-z]{2,4}/?([^\\s<>#%",{}\\\\|^\\[\\]`]+)?$', 'a.', {
    head: 'http://',
    bad: ' a',
  }),
  evil('(?:https?://)?(?:[a-z0-9]+(?:-+[a-z0-9]+)*\\.)+[a-z]{2,}', 'a-', { good: 'a.com' }),
  // Cloudflare's outage of July 2019, whole and in short; Stack Overflow's of July 2016.
  evil(
    '(?:(?:"|\'|\\]|\\}|\\\\|\\d|(?:nan|infinity|true|false|null|undefined|symbol|math)|`|-|\\+)+[)]*;?((?:\\s|-|~|!|{}|\\|\\||\\+)*.*(?:.*=.*)))',
    'x',
    { head: '"', bad: ';', good: '=' },
  ),
  evil('.*(?:.*=.*)', 'x', { bad: ';', good: '=' }),
  evil('[\\s\u200C]+|-[\\s\u200C]+$', ' ', { head: '-', bad: 'x' }),
  // ansi-regex, CVE-2021-3807.
  evil(
    '[\u001B\u009B][\\[\\]()#;?]*(?:(?:[a-zA-Z\\d]*(?:;[-a-zA-Z\\d/#&.:=?%@~_]*)*)?\\x07|(?:\\d{1,4}(?:;\\d{0,4})*)?[\\dA-PR-TZcf-ntqry=><~])',
    ';',
    { head: '\u001B[', good: '\u0007' },
  ),
  // ssri, CVE-2021-27290.
  evil('^([^-]+)-([^?]+)([?\\S*]*)$', '?', { head: 'sha512-a', bad: ' a', good: '?' }),
  // color-string, CVE-2021-29060.
  evil('^hwb\\(\\s*([+-]?\\d*[.]?\\d+)(?:deg)?\\s*,\\s*([+-]?[\\d.]+)%\\s*,\\s*([+-]?[\\d.]+)%\\s*\\)$', ' ', {
    head: 'hwb(1,',
    good: '2%,3%)',
  }),
  // nth-check, CVE-2021-3803.
  evil('^([+-]?\\d*n)?\\s*(?:([+-]?)\\s*(\\d+))?$', ' ', { head: '2n', good: '+1' }),
  // trim, CVE-2020-7753.
  evil('1(^\\s*|\\s*$)', ' ', { head: '1', bad: '1' }),
  // glob-parent, CVE-2020-28469.
  evil('(^|[^\\\\])([{\\[]|\\([^)]+$)', '(', { bad: ')', good: '(' }),
  // semver, CVE-2022-25883.
  evil('(\\s*)[v=\\s]*(\\d{1,9})\\.(\\d{1,9})\\s*-\\s*(\\d+)', ' ', { head: '1.2', good: '-3' }),
  // moment, CVE-2017-18214, with fewer repetitions.
  evil("[0-9]*['a-z]+|[0-9]+ ?[a-z]+[0-9]*|[0-9]{1,20}['a-z]{1,20}", '1', { good: 'th' }),
  // postcss, CVE-2021-23382.
  evil('/\\*\\s*# sourceMappingURL=(.*?)\\s*\\*/', ' ', { head: '/*# sourceMappingURL=', good: '*/' }),
  // path-parse, CVE-2021-23343, which takes anything.
  evil('^(/?|)([\\s\\S]*?)((?:\\.{1,2}|[^/]+?|)(\\.[^./]*|))(?:[/]*)$', './', { bad: null, good: '.' }),
  // ua-parser-js, CVE-2020-7793.
  evil('((?:android|adr) ?\\d*[\\w. ]*;)+ *(?:(?:[a-z ]+)*build)?/x', 'a ', { head: 'android', good: ';/x' }),
  // marked, CVE-2022-21681.
  evil('(?:\\[(?:\\\\.|[^\\[\\]\\\\])*\\]|`[^`]*`|[^\\[\\]\\\\`]*?)*\\(', '[a]'),
  // hosted-git-info, CVE-2021-23362.
  evil('^(?:github:)?([^/]+)/([^/]+?)(?:\\.git|/)?(#.*)?$', '/', { head: 'a/b', bad: '/' }),
  // minimatch, CVE-2022-3517.
  evil('\\{.*\\{.*\\{.*\\}.*\\}.*\\}', '{', { good: '{{}}}' }),
]

export const EVIL_PATTERNS: readonly EvilPattern[] = [
  ...NESTED,
  ...OVERLAPPING,
  ...POLYNOMIAL,
  ...COUNTED,
  ...ADVISORIES,
]
