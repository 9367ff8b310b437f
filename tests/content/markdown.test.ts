import { describe, expect, it } from 'vitest'
import { renderMarkdown } from '../../src/content/markdown.ts'

const html = (markdown: string) => renderMarkdown(markdown).html

describe('Markdown', () => {
  it('is served as it was written, beside its HTML', () => {
    expect(renderMarkdown('*a*')).toEqual({ markdown: '*a*', html: '<p><em>a</em></p>' })
    expect(renderMarkdown('')).toEqual({ markdown: '', html: '' })
  })

  it.each([
    ['*a* **b** `c`', '<p><em>a</em> <strong>b</strong> <code>c</code></p>'],
    ['~~gone~~', '<p><del>gone</del></p>'],
    ['one\n\ntwo  \nthree', '<p>one</p>\n<p>two<br />\nthree</p>'],
    ['# A\n\n> b', '<h1>A</h1>\n<blockquote>\n<p>b</p>\n</blockquote>'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    [
      '```sh\necho "<$x>" && true\n```',
      '<pre><code class="language-sh">echo &quot;&lt;$x&gt;&quot; &amp;&amp; true\n</code></pre>',
    ],
    [
      '| a | b |\n|---|:-:|\n| 1 | `2` |',
      '<table>\n<thead>\n<tr>\n<th>a</th>\n<th align="center">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n' +
        '<td align="center"><code>2</code></td>\n</tr>\n</tbody>\n</table>',
    ],
  ])('has its usual meaning: %j', (markdown, expected) => expect(html(markdown)).toBe(expected))

  it.each([
    ['https://a.example/x?y=1&z', 'https://a.example/x?y=1&amp;z', 'https://a.example/x?y=1&amp;z'],
    ['www.a.example', 'http://www.a.example', 'www.a.example'],
    ['a@b.example', 'mailto:a@b.example', 'a@b.example'],
    ['<https://a.example>', 'https://a.example', 'https://a.example'],
  ])('makes a link of %s', (markdown, href, text) => {
    expect(html(markdown)).toBe(`<p><a href="${href}">${text}</a></p>`)
  })
})

describe('raw HTML comes out as text', () => {
  it.each([
    '<b>x</b>',
    'a <img src=x onerror=alert(1)> b',
    '<script>alert(1)</script>',
    '<SCRIPT\n>alert(1)</SCRIPT>',
    '<div>\n\n*x*\n\n</div>',
    '<!-- x -->',
    '<?php x ?>',
    '<!DOCTYPE html>',
    '<![CDATA[ x ]]>',
    '`<b>`',
    '```"><script>\n</code></pre><script>\n```',
    '# <h1 onclick=x>',
    '| <i> |\n|-|\n| <script> |',
    '[<b>](https://a.example)',
    '![<b>"onerror=x](https://a.example/"onerror=x)',
    '[x](https://a.example "\\"><script>")',
    '&lt;script&gt;',
    '&#60;script&#62;',
    '~~<script>~~',
    '> <iframe src=x>',
  ])('%j', (markdown) => {
    const rendered = html(markdown)
    const elements = [...rendered.matchAll(/<\/?([a-z0-9]*)([^>]*)>/gi)]
    for (const [element, name, attributes] of elements) {
      const own = 'p|em|strong|code|pre|h1|table|thead|tbody|tr|th|td|a|img|del|blockquote'
      expect(name, element).toMatch(new RegExp(`^(?:${own})$`))
      // An attribute of ours is a name and a quoted value in which nothing ends the quotes.
      expect(attributes, element).toMatch(/^(?: (?:href|title|src|alt|class|align)="[^"<>]*")*(?: \/)?$/)
    }
    expect(rendered.replaceAll(/<[^>]*>/g, '')).not.toMatch(/[<>]/)
  })
})

describe('a link of another scheme than the web’s and mail’s loses its target', () => {
  const schemes = ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'data:text/html,x', 'vbscript:x', 'file:///etc/passwd']
  const disguised = [
    'java&#115;cript:x',
    '&#106;avascript:x',
    'javascript&colon;x',
    'javascript&#x3a;x',
    'blob:x',
    'x:y',
  ]
  it.each([...schemes, ...disguised])('%s', (target) => {
    expect(html(`[x](${target})`)).toBe('<p><a href="">x</a></p>')
    expect(html(`[x](<${target}> "t")`)).toBe('<p><a href="" title="t">x</a></p>')
    expect(html(`![x](${target})`)).toBe('<p><img src="" alt="x" /></p>')
    expect(html(`[x]\n\n[x]: ${target}`)).toContain('<a href="">')
  })

  it('also between angle brackets, and with white space within the scheme', () => {
    expect(html('<javascript:alert(1)>')).toBe('<p><a href="">javascript:alert(1)</a></p>')
    for (const target of [
      'java\tscript:x',
      'java\nscript:x',
      '\u0001javascript:x',
      'java&Tab;script:x',
      'java&#10;script:x',
    ]) {
      const hrefs = [...html(`[x](${target}) [y](<${target}>)`).matchAll(/href="([^"]*)"/g)].map(([, href]) => href!)
      // What a browser would make of it, which drops tabs and newlines.
      for (const href of hrefs) {
        expect(new URL(href, 'https://quiz.example').protocol, JSON.stringify(target)).toBe('https:')
      }
    }
  })

  it.each(['https://a.example', 'http://a.example', 'mailto:a@b.example', '/path', '#part', '?q=a:b', 'a/b:c'])(
    'and %s keeps it',
    (target) => expect(html(`[x](${target})`)).toBe(`<p><a href="${target}">x</a></p>`),
  )
})

describe('text as long as may be is rendered, however it is nested', () => {
  const LENGTH = 10_000
  it.each(['>', '> ', '[', '![', '](', '[a](', '<', '<a ', '<!--', '&', '\\', '*', '`', '|', '~', '#', '\t', '```\n'])(
    '%j',
    (unit) => expect(html(`${unit.repeat((LENGTH - 1) / unit.length)}x`)).toContain('x'),
  )
})
