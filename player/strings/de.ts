import type { Strings, VerifyStrings } from './en.ts'

const points = (count: string) => (count === '1' ? '1 Punkt' : `${count} Punkte`)
const score = (reached: string, max: string) => `${reached} von ${max} ${max === '1' ? 'Punkt' : 'Punkten'}`
const counted = (count: number, one: string, many: string) => (count === 1 ? `1 ${one}` : `${count} ${many}`)
const grouped = (count: number) => count.toLocaleString('de')

/** German. It says "Sie", and rather says nothing of whom it speaks to. */
export const de: Strings = {
  intro: {
    loading: 'Das Quiz wird geladen …',
    start: 'Beginnen',
    starting: 'Es geht los …',
    facts: 'Zu diesem Quiz',
    questions: (count) => counted(count, 'Frage', 'Fragen'),
    points,
    passMark: (percent) => `${percent} zum Bestehen`,
    timeLimit: (time) => `${time}, ab dem Beginn`,
    immediate: 'Jede Antwort wird sofort geprüft und erklärt',
    deferred: 'Antworten werden laufend gespeichert und am Ende gezeigt',
    tries: (tries) => (tries === 1 ? 'Ein Versuch je Frage' : `${tries} Versuche je Frage`),
    unlimitedTries: 'Beliebig viele Versuche',
    certainty: 'Sie sagen, wie sicher Sie sind: Das vervielfacht Gewinn und Verlust',
    opens: (time) => `Offen ab ${time}`,
    closes: (time) => `Endet am ${time}`,
    resumable: 'Unterbrechen ist möglich: In diesem Browser geht es dort weiter',
  },

  quiz: {
    progress: 'Fortschritt',
    answered: (answered, total) => `${answered} von ${total} beantwortet`,
    outline: 'Fragen',
    question: (number, total) => `Frage ${number} von ${total}`,
    shortQuestion: (number) => `Frage ${number}`,
    points,
    previous: 'Zurück',
    next: 'Weiter',
    nextQuestion: 'Nächste Frage',
    check: 'Antwort prüfen',
    checkAgain: 'Noch einmal prüfen',
    checking: 'Wird geprüft …',
    saving: 'Wird gespeichert …',
    saved: 'Gespeichert',
    unsaved: 'Nicht gespeichert: Noch ist das nicht vollständig.',
    savedBefore: 'Was zuvor gespeichert war, gilt weiter.',
    missing: {
      answer: 'Zuerst fehlt noch eine Antwort.',
      order: 'Verschieben Sie zuerst, was nicht an seinem Platz ist, oder behalten Sie diese Reihenfolge.',
      change: 'Das ist Ihre bisherige Antwort: Ändern Sie sie zuerst.',
      certainty: 'Zuerst fehlt noch, wie sicher Sie sind.',
      malformed: 'Diese Antwort ist noch nicht vollständig.',
    },
    toFinish: 'Abgeben …',
    toOverview: 'Übersicht',
  },

  certainty: {
    question: 'Wie sicher sind Sie?',
    levels: { 1: 'Wenig', 2: 'Ziemlich', 3: 'Sehr' },
  },

  time: {
    left: 'Verbleibende Zeit',
    remaining: (time) => `Noch ${time}`,
    days: (days) => counted(days, 'Tag', 'Tage'),
    hours: (hours) => counted(hours, 'Stunde', 'Stunden'),
    minutes: (minutes) => counted(minutes, 'Minute', 'Minuten'),
    seconds: (seconds) => counted(seconds, 'Sekunde', 'Sekunden'),
    up: 'Die Zeit ist um',
  },

  status: {
    unanswered: 'nicht beantwortet',
    answered: 'beantwortet',
    correct: 'richtig',
    'partially-correct': 'teilweise richtig',
    incorrect: 'falsch',
    pending: 'wird noch von Hand bewertet',
    draft: 'gewählt, nicht gesendet',
  },

  result: {
    answered: 'Beantwortet',
    correct: 'Richtig',
    'partially-correct': 'Teilweise richtig',
    incorrect: 'Nicht richtig',
    pending: 'Dies wird von Hand bewertet',
    unanswered: 'Nicht beantwortet',
    score,
    triesLeft: (tries) => (tries === 1 ? 'Noch ein Versuch' : `Noch ${tries} Versuche`),
    tryAgain: 'Ändern Sie die Antwort und versuchen Sie es noch einmal.',
    duplicate: 'Diese Antwort gab es schon: Sie hat keinen Versuch gekostet.',
    late: 'Diese Antwort kam nach dem Ende an und zählt nicht.',
    hint: 'Hinweis',
    hints: 'Hinweise',
    explanation: 'Erklärung',
    comment: 'Kommentar zur Bewertung',
  },

  finish: {
    title: 'Antworten abgeben?',
    allAnswered: 'Alle Fragen sind beantwortet.',
    unanswered: (count) =>
      count === 1 ? 'Eine Frage ist nicht beantwortet.' : `${count} Fragen sind nicht beantwortet.`,
    unsent: (count) =>
      count === 1
        ? 'Bei einer Frage ist eine Antwort gewählt, aber nicht geprüft: Sie zählt nicht.'
        : `Bei ${count} Fragen ist eine Antwort gewählt, aber nicht geprüft: Diese zählen nicht.`,
    final: 'Danach lässt sich nichts mehr ändern.',
    confirm: 'Abgeben',
    cancel: 'Weiter antworten',
    working: 'Wird abgegeben …',
  },

  review: {
    passed: 'Bestanden',
    failed: 'Nicht bestanden',
    done: 'Abgegeben',
    timeUp: 'Die Zeit war um: Was bis dahin beantwortet war, wurde abgegeben.',
    score,
    passMark: (mark) => `Zum Bestehen: ${mark}`,
    hidden: 'Bei diesem Quiz werden keine Ergebnisse gezeigt.',
    later: 'Die Ergebnisse werden gezeigt, wenn das Quiz geschlossen ist.',
    pending: (count) =>
      count === 1 ? 'Eine Antwort wird noch von Hand bewertet.' : `${count} Antworten werden noch von Hand bewertet.`,
    sections: 'Nach Abschnitten',
    section: 'Abschnitt',
    points: 'Punkte',
    questions: 'Die Fragen ansehen',
    calibration: 'Wie sicher Sie waren',
    certainty: 'Sicher',
    given: 'Antworten',
    right: 'Richtig',
    best: 'Am besten gewesen wäre',
    receipt: 'Beleg',
    receiptText: 'Vom Server signiert: Wer ihn bekommt, kann prüfen, was Sie erreicht haben.',
    download: 'Beleg herunterladen',
    verify: 'Prüfen',
    again: 'Noch einmal machen',
  },

  problem: {
    title: 'Das geht nicht',
    offline: 'Keine Verbindung. Was Sie antworten, bleibt hier und wird gesendet, sobald sie wieder da ist.',
    lost: 'Die Verbindung ist weg.',
    back: 'Die Verbindung ist wieder da.',
    offlineLoading: 'Keine Verbindung zum Server. Es wird von selbst weiter versucht.',
    retry: 'Noch einmal versuchen',
    restart: 'Neu beginnen',
    noQuiz: 'Dieses Quiz gibt es nicht, oder es wird auf der Seite Ihres Kurses begonnen.',
    ended: 'Von hier aus lässt sich dieser Durchgang nicht mehr fortsetzen.',
    badToken: 'Der Link zu diesem Durchgang ist nicht vollständig.',
    notOpen: 'Das Quiz ist noch nicht offen.',
    notOpenUntil: (time) => `Das Quiz öffnet am ${time}.`,
    closed: 'Das Quiz ist geschlossen.',
    noAttemptsLeft: 'Es sind keine Durchgänge mehr übrig.',
    full: 'Dieser Durchgang nimmt keine Antworten mehr an.',
    malformed: 'Diese Antwort war nicht lesbar. Bitte sehen Sie sie noch einmal an.',
    other: 'Der Server hat das abgelehnt.',
  },

  controls: {
    lang: 'de',
    chosen: 'Ihre Antwort',
    chosenRight: 'Ihre Antwort, richtig',
    chosenPartly: 'Ihre Antwort, teilweise richtig',
    chosenWrong: 'Ihre Antwort, nicht richtig',
    right: 'Richtige Antwort',
    rightAnswer: 'Richtige Antwort:',
    fullAnswer: 'Eine Antwort mit voller Punktzahl:',
    rightOrder: 'Richtige Reihenfolge:',
    true: 'Wahr',
    false: 'Falsch',
    moveUp: (item) => `Nach oben: ${item}`,
    moveDown: (item) => `Nach unten: ${item}`,
    moved: (item, place, count) => `${item}, jetzt ${place} von ${count}`,
    keepOrder: 'Diese Reihenfolge behalten',
    orderKept: 'Diese Reihenfolge ist Ihre Antwort',
    choose: 'Auswählen …',
    options: 'Möglichkeiten',
    number: 'Zahl',
    unit: 'Einheit',
    writeNumber: 'Eine Zahl wie 42, 0.5 oder 1e-3, mit Punkt',
    writeNumberWithComma: 'Eine Zahl wie 42, 0,5 oder 1e-3',
    notNumber: 'Das ist noch keine Zahl.',
    characters: (count, limit) => `${grouped(count)} von ${grouped(limit)} Zeichen`,
    tooLong: (count, limit) => `Zu lang: ${grouped(count)} von ${grouped(limit)} Zeichen`,
    unreadable: 'Dieser Text enthält Zeichen, die sich nicht senden lassen.',
    blank: (place, count) => `Lücke ${place} von ${count}`,
  },
}

export const verify: VerifyStrings = {
  title: 'Einen Beleg prüfen',
  introduction:
    'Ein Beleg sagt, was ein Durchgang durch ein Quiz ergeben hat, signiert vom Server, der ihn bewertet hat. Geprüft wird er hier, ' +
    'in Ihrem Browser; gesendet wird er nirgendwohin.',
  receipt: 'Der Beleg',
  file: 'Oder seine Datei, die sich auch auf diese Seite ziehen lässt',
  submit: 'Prüfen',
  busy: 'Wird geprüft …',
  genuine: 'Dieser Beleg ist echt.',
  signedBy: (issuer) => `Er ist signiert von ${issuer}, und seitdem wurde nichts darin geändert.`,
  superseded: (seq) =>
    `Ein Beleg sagt, wie es stand, als er signiert wurde. Ein späterer zu demselben Durchgang hat eine höhere Nummer als ${seq} und ` +
    'gilt an seiner Stelle.',
  facts: {
    quiz: 'Quiz',
    learner: 'Person',
    score: 'Punkte',
    result: 'Ergebnis',
    final: 'Endgültig',
    started: 'Begonnen',
    finished: 'Beendet',
    seq: 'Nummer',
    attempt: 'Durchgang',
    revision: 'Fassung',
  },
  anonymous: 'nicht genannt',
  named: (name, id) => `${name} (${id})`,
  points: (reached, max) => score(reached.toLocaleString('de'), max.toLocaleString('de')),
  passed: 'bestanden',
  notPassed: 'nicht bestanden',
  undecided: 'noch nicht entschieden',
  final: 'ja',
  notFinal: 'nein: Ein Teil wird noch von Hand bewertet',
  faults: {
    empty: {
      title: 'Noch gibt es nichts zu prüfen.',
      meaning: 'Fügen Sie einen Beleg ein, oder wählen Sie seine Datei.',
    },
    incomplete: {
      title: 'Das ist kein vollständiger Beleg.',
      meaning:
        'Ein Beleg ist eine lange Zeile aus Buchstaben und Ziffern mit zwei Punkten darin. Von diesem fehlt ein Teil, oder es ist ' +
        'etwas anderes: Kopieren Sie ihn noch einmal, vom ersten bis zum letzten Zeichen.',
    },
    'progress-token': {
      title: 'Das ist kein Beleg, sondern ein Schlüssel zu einem Durchgang.',
      meaning:
        'Wer ihn hat, kann den Durchgang fortsetzen: Zeigen Sie ihn niemandem, solange dieser läuft. Den Beleg gibt es, wenn er beendet ist.',
    },
    'other-kind': {
      title: 'Das ist kein Beleg.',
      meaning:
        'Es hat die Form eines signierten Textes, nennt sich aber nicht Beleg oder ist nicht wie einer signiert.',
    },
    'unknown-key': {
      title: 'Ob dieser Beleg von diesem Server ist, ist nicht bekannt.',
      meaning:
        'Er ist mit einem Schlüssel signiert, den dieser Server nicht hat. Er kann von einem anderen Server sein, wo er sich prüfen lässt, ' +
        'oder gefälscht.',
    },
    tampered: {
      title: 'Dieser Beleg ist nicht echt.',
      meaning:
        'Die Signatur passt nicht zu dem, was darin steht: Etwas wurde geändert, oder jemand anders hat ihn signiert. Glauben Sie ihm nicht.',
    },
    'other-issuer': {
      title: 'Diesen Beleg hat ein anderer Server ausgestellt.',
      meaning:
        'Er ist mit einem Schlüssel signiert, den auch dieser Server hat, nennt aber eine andere Adresse: die einer Erprobung, oder eine ' +
        'frühere dieses Servers.',
    },
    unreachable: {
      title: 'Die öffentlichen Schlüssel sind gerade nicht lesbar.',
      meaning:
        'Ohne sie lässt sich über den Beleg nichts sagen. Sehen Sie nach der Verbindung, und versuchen Sie es noch einmal.',
    },
    insecure: {
      title: 'Dieser Browser prüft auf dieser Seite keine Signaturen.',
      meaning: 'Er tut es nur, wo eine Seite über https geladen ist.',
    },
  },
}
