// Renders the API description of this very server, dark where the reader has it dark.
const dark = matchMedia('(prefers-color-scheme: dark)')
const followReader = () => document.documentElement.classList.toggle('dark-mode', dark.matches)
followReader()
dark.addEventListener('change', followReader)
window.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#docs', deepLinking: true, tryItOutEnabled: false })
