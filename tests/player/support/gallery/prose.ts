/** Markdown with all that authors may write. */
export const EXPLANATION = `### What a stage leaves behind

Each \`FROM\` begins a stage with a file system of its own. The **last** one becomes the image; of the others it holds what
\`COPY --from\` takes, and *nothing* else. ~~Squashing~~ is not needed.

| instruction | makes a layer | is in the image |
|---|---|---|
| \`FROM golang:1.24 AS build\` | those of \`golang\` | no |
| \`RUN go build -o /out/server ./cmd/server\` | one, with the compiler's cache | no |
| \`COPY --from=build /out/server /server\` | one of 9 MB | yes |

1. Build it: the first stage has a gigabyte.
2. Look at what is left:

   \`\`\`console
   $ docker history --no-trunc --format 'table {{.CreatedBy}}\\t{{.Size}}' registry.example.com/team/server:1.4.2
   COPY /out/server /server # buildkit   9.1MB
   \`\`\`

> A stage is a place to work in.

- Secrets that a build stage saw are not in the image:
  - unless a file with them is copied,
  - or an \`ARG\` of the last stage holds them.
- \`sha256:3b1f5d0c9f6f0e2d8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a9b8c7d6e5f\` is a word that knows no hyphen.

#### Read on

[Multi-stage builds](https://docs.docker.com/build/building/multi-stage/) in the manual of Docker.

---

That is all.`

export const AFTERWARDS = `What is asked here is answered by one command:

\`\`\`sh
docker run --rm -it --memory 256m alpine:3.22 sh -c 'cat /sys/fs/cgroup/memory.max; lsns; mount | grep overlay'
\`\`\`

See [\`namespaces(7)\`](https://man7.org/linux/man-pages/man7/namespaces.7.html).`

export const MANIFEST = `\`\`\`yaml
apiVersion: v1
kind: Pod
metadata: { name: backup }
spec:
  containers:
    - name: backup
      image: registry.example.com/team/backup@sha256:3b1f5d0c9f6f0e2d8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d
      securityContext: { privileged: true }
\`\`\``
