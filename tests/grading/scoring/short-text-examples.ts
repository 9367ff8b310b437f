/** Texts that an option makes equal, or not. */
export interface OptionExamples {
  readonly option: Record<string, unknown>
  readonly source: string
  /** An author's text, the responses that are it with the option alone, and those that are not it either way. */
  readonly examples: readonly (readonly [text: string, only: readonly string[], never: readonly string[]])[]
}

/** The author's text, and what it is equal to whatever the options: the encoding and what nobody sees do not matter. */
export const ALWAYS_EQUAL: readonly [text: string, same: readonly string[]][] = [
  ['kubectl', ['kubectl', ' kubectl', 'kubectl\n', '\t kubectl \u00A0\u2003', '\uFEFFkubectl']],
  [' kubectl ', ['kubectl']],
  // U+200B, U+2060 and U+FEFF survive trimming, and come with what is pasted.
  ['kubectl', ['ku\u200Bbectl', 'kubectl\u200B', '\u2060kubectl', 'kube\uFEFFctl', '\u200B kubectl \u200B']],
  ['ku\u200Bbe\u2060c\uFEFFtl', ['kubectl']],
  ['Caf\u00E9', ['Cafe\u0301', 'Caf\u00E9']],
  ['Cafe\u0301', ['Caf\u00E9']],
  ['\u1E69', ['s\u0323\u0307', 's\u0307\u0323']],
  ['\uAC00', ['\u1100\u1161']],
  ['10 \u03A9', ['10 \u2126']],
  ['a b', ['a b']],
  // What nobody sees keeps a letter and its mark apart.
  ['Caf\u00E9', ['Cafe\u200B\u0301', 'Cafe\uFEFF\u0301']],
]

export const OPTIONS: readonly OptionExamples[] = [
  {
    option: { caseSensitive: false },
    source: 'Unicode full case mapping; Moodle shortanswer "case sensitivity"',
    examples: [
      ['Kubernetes', ['kubernetes', 'KUBERNETES', 'kUBERNETEs'], ['Kubernete', 'Kubernetesx']],
      ['Straße', ['STRASSE', 'strasse', 'StraSSe', 'STRAßE', 'STRA\u1E9EE'], ['Strase']],
      ['STRA\u1E9EE', ['straße', 'STRASSE'], ['strase']],
      ['STRASSE', ['straße', 'stra\u1E9Ee', 'Strasse'], ['strase']],
      ['ΟΔΥΣΣΕΥΣ', ['οδυσσευς', 'οδυσσευσ', 'Οδυσσεύς'.normalize('NFD').replace('\u0301', '')], ['οδυσσευ']],
      ['σ', ['ς', 'Σ'], ['s']],
      ['ÉCOLE', ['école', 'e\u0301cole'], ['ecole']],
      ['ﬁn', ['FIN', 'fin'], ['fn']],
    ],
  },
  {
    option: { unicode: 'NFKC' },
    source: 'UAX #15, compatibility composition',
    examples: [
      ['file', ['ｆｉｌｅ', 'Ｆile'], ['fi le']],
      ['ｋ８ｓ', ['k8s'], ['ks']],
      ['x2', ['x²', 'x₂', 'x②'], ['x3']],
      ['a b', ['a\u00A0b', 'a\u3000b', 'a\u2003b'], ['ab']],
      ['...', ['…'], ['..']],
      ['カ', ['ｶ'], ['ガ']],
    ],
  },
  {
    option: { foldDiacritics: true },
    source: 'Canonical decomposition (UAX #15) without the marks of general category Mn',
    examples: [
      ['Zürich', ['Zurich', 'Zu\u0300rich', 'Zûrích'], ['Zrich', 'Zuerich']],
      ['Zurich', ['Zürich'], ['Zuerich']],
      ['Nguyễn', ['Nguyen', 'Nguyên', 'Ngụyen'], ['Nguyn']],
      ['чай', ['чаи'], ['чаю']],
      // A stroke is no mark.
      ['Łódź', ['Łodz', 'Łodź'], ['Lodz']],
      ['smørrebrød', ['smörrebröd'.replaceAll('ö', 'ø\u0308')], ['smorrebrod']],
      ['שָׁלוֹם', ['שלום'], ['שלם']],
      // A vowel that takes space of its own is a letter to its readers.
      ['काम', [], ['कम']],
    ],
  },
  {
    option: { ignorePunctuation: true },
    source: 'General category P; symbols such as + and $ are none',
    examples: [
      ["don't", ['dont', 'don’t', 'don-t', '¡don’t!'], ['don t']],
      [
        'Hello, world',
        ['hello world', 'hello world!', '"hello" (world)…', 'hello world .'],
        ['hello  world', 'helloworld'],
      ],
      ['e-mail', ['email', 'e–mail', 'e_mail'], ['e mail']],
      ['C++', ['C++.', '(C++)'], ['C', 'C+']],
      ['$HOME', ['$HOME.', '"$HOME"'], ['HOME', '£HOME']],
      ['/etc/passwd', ['etcpasswd'], ['etc passwd']],
    ],
  },
  {
    option: { collapseWhitespace: true },
    source: 'Any run of white space is one space',
    examples: [
      [
        'git commit -m',
        ['git  commit -m', 'git\tcommit\n-m', ' git \u00A0 commit\u2003 -m '],
        ['gitcommit -m', 'git commit-m'],
      ],
      ['a \t b', ['a b', 'a\nb'], ['ab']],
    ],
  },
]

/** A wildcard, what it accepts, and what not. */
export const WILDCARDS: readonly [wildcard: string, accepted: readonly string[], refused: readonly string[]][] = [
  ['*', ['', ' ', 'anything at all', '*', '\n'], []],
  ['**', ['', 'a'], []],
  ['kub*', ['kub', 'kubectl', 'KUBERNETES', 'kub ectl', ' kubectl '], ['kb', 'akub', 'ku']],
  ['*ctl', ['ctl', 'kubectl', 'ctlctl'], ['ctls', 'ct']],
  ['*be*', ['be', 'kubectl', 'bebe'], ['kub ectl', 'b', 'eb']],
  ['a*a', ['aa', 'aaa', 'aba', 'a a'], ['a', '', 'ab', 'ba']],
  // The end must not overlap what was taken before it.
  ['ab*ba', ['abba', 'abxba', 'ababa', 'abbba'], ['aba', 'ab', 'ba', 'abab']],
  ['a*b*c', ['abc', 'axbyc', 'abbcc', 'abcabc'], ['acb', 'ab', 'bc', 'ac']],
  // The first place of a piece is not its only one.
  ['*ab*abc', ['ababc', 'xabyabc', 'abababc'], ['abc', 'ab abcd', 'ababab']],
  ['*aab', ['aab', 'aaab', 'aabaab'], ['aaba', 'ab']],
  ['a**b', ['ab', 'axb'], ['a', 'b', 'ba']],
  ['2 \\* 3', ['2 * 3'], ['2 x 3', '2  3', '2 \\* 3']],
  ['\\*', ['*'], ['', 'a', '\\*', '**']],
  ['*\\**', ['*', 'a*b', '**'], ['', 'ab', '\\']],
  ['C:\\\\*', ['C:\\', 'c:\\windows'], ['C:', 'C:/windows', 'C:x\\']],
  ['\\\\\\*', ['\\*'], ['\\', '*', '\\a']],
  ['Straße*', ['STRASSE', 'strassenbahn'], ['strase']],
  // Lower case writes a sigma by what follows, and a piece does not know that.
  ['ΟΔΟΣ*', ['ΟΔΟΣ', 'οδος', 'οδοστρωτήρας'], ['οδο']],
  ['*σ*', ['Οδος τ', 'ΣΑ', 'τους'], ['τ']],
  ['Caf\u00E9*', ['cafe\u0301s'], ['cafes']],
  ['.*', ['.', '.a'], ['a', '']],
  ['[ab]*', ['[ab]', '[AB]c'], ['a', 'b']],
  [' a* ', ['a', 'ab', ' a '], ['b']],
  ['a* b', ['a b', 'ax b', 'a  b'], ['ab', 'axb']],
]

/** A pattern, the texts that it is as a whole, and those that it is not. */
export const PATTERNS: readonly [pattern: string, accepted: readonly string[], refused: readonly string[]][] = [
  ['a|ab', ['a', 'ab', 'AB', ' ab '], ['abb', 'b', '']],
  ['ab|a', ['a', 'ab'], ['aba', 'aab']],
  ['a*?', ['', 'aaa'], ['aab']],
  ['(a|ab)(c|bcd)', ['ac', 'abc', 'abcd', 'abbcd'], ['abcdd', 'ab']],
  [
    '^kubectl get (po|pods?)$',
    ['kubectl get po', 'kubectl get pods', 'Kubectl Get POD'],
    ['kubectl get', 'kubectl get podss'],
  ],
  ['\\d{3}-\\d{4}', ['555-0100'], ['555-01000', '1555-0100', '5550100']],
  ['[^a]', ['b', 'é', '😀'], ['a', 'A', '', 'bb']],
  ['.', ['a', '😀', 'e\u0301'], ['', 'ab', '\n']],
  ['(?s).+', ['a\nb'], ['']],
  ['\\p{Greek}+', ['λόγος', 'ΛΟΓΟΣ'], ['logos', '']],
  ['[[:alpha:]]+', ['abc', 'ABC'], ['ab1']],
  ['\\x41+', ['a', 'AAA'], ['x41']],
  ['caf\u00E9', ['Café', 'CAFE\u0301'], ['cafe']],
  ['cafe\u0301', ['Café', 'cafe\u0301'], ['cafe']],
  // Case is ignored character by character: a pattern does not fold ß.
  ['straße', ['Straße', 'STRAßE'], ['STRASSE']],
  ['\\Qa.b\\E', ['a.b', 'A.B'], ['axb']],
]

/** Not in RE2's syntax, or beyond its bounds. */
export const NO_PATTERNS = '( ) [ [a a** *a + ? a{2,1} a{1001} (a{100}){100} [z-a] (?z)a \\8 (?i x{2}{3}*'
  .split(' ')
  .concat('\\', '\\p{Nonsense}', '\\pX', '[[:nonsense:]]', '(?P<>a)', '(?P<a b>a)', '(?P<x>a)(?P<x>b)')
  // Back-references, look-around, atomic groups and possessive quantifiers cannot be had in linear time.
  .concat('(a)\\1', '(?P<x>a)(?P=x)', '(?<x>a)\\k<x>', '(?=a)a', 'a(?!b)', '(?<=a)b', '(?<!a)b', '(?>a)', 'a++', 'a*+')
