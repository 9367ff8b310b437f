// The course follows what happens in the quiz. The server counts: what is shown here decides nothing.
const quiz = document.querySelector('answerkey-quiz')
const progress = document.querySelector('#course-progress')

quiz.addEventListener('answerkey-answered', ({ detail: { attempt } }) => {
  progress.textContent = `Week 3: ${attempt.answeredCount} of ${attempt.questionCount} questions are answered.`
})

quiz.addEventListener('answerkey-finished', ({ detail: { attempt, receipt } }) => {
  progress.textContent = attempt.passed ? 'Week 3 is done.' : 'Week 3 is finished, and not passed yet.'
  // A course that keeps grades sends the receipt to its own server, which verifies it: see examples/verify.ts.
  console.log('receipt', receipt)
})
