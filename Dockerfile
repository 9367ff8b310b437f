# The image of the Node host, and of the command that publishes to it: docs/kubernetes.md says how it is built and run.
#
# Bases are pinned by the digests of their multi-platform indexes, as public builds recorded them for these very tags; where
# this file was written there was no registry to ask. The release of Node is that of package.json: what was tested is what runs.
FROM node:24.21.0-trixie-slim@sha256:8ec5d7557396cfe32d21c3f9c13072355ceab22b584578ca4bb28af31120cffe AS base
WORKDIR /app
COPY package.json package-lock.json .npmrc ./

# What runs needs no script of a package; what needs one is for development.
FROM base AS dependencies
# Some packages name a compiler and types as peers that may be there: nothing that runs does.
RUN npm ci --omit=dev --ignore-scripts \
  && rm -r node_modules/typescript node_modules/@typescript node_modules/@cloudflare node_modules/.bin

FROM base AS build
RUN npm ci
COPY tsconfig.json ./
COPY scripts/build.ts scripts/_assets.ts scripts/
COPY src/security-headers.ts src/
COPY src/hosts/asset-headers.ts src/hosts/
COPY assets assets
COPY player player
RUN npm run build && mkdir /data
# An image that cannot say what it was made of is not made.
ARG GIT_SHA
RUN node -e 'process.exit(/^[0-9a-f]{40}$/.test(process.env.GIT_SHA) ? 0 : 1)'

# glibc for the native part of libSQL, libstdc++ for Node, certificates; no shell, no package manager.
FROM gcr.io/distroless/cc-debian13:nonroot@sha256:54df941ed0d06a1bd95ef5e0ce391fd8d9f94b64782dc9a60062727849ee3f97
COPY --from=base /usr/local/bin/node /usr/local/bin/node
# All that is the process's own; everything else belongs to root, and can be mounted read-only.
COPY --from=build --chown=65532:65532 /data /data
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY package.json openapi.json LICENSE ./
COPY migrations migrations
COPY src src
COPY questions questions
COPY --from=build /app/public public

# By number, since Kubernetes cannot see that a name is not root.
USER 65532:65532
ENV DATA_DIR=/data
VOLUME ["/data"]
# 9464 answers when METRICS_PORT names it.
EXPOSE 8787 9464
# For Docker; Kubernetes has its own probes.
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["/usr/local/bin/node", "src/hosts/node-health.ts"]
# Node is process 1, so it is what gets the signals. "docker run IMAGE src/cli/main.ts …" is the command.
ENTRYPOINT ["/usr/local/bin/node"]
CMD ["src/hosts/node.ts"]

# Last, so that another commit with the same files has the same layers. OWNER is a placeholder.
ARG SOURCE=https://github.com/OWNER/answerkey
ARG GIT_SHA
ENV GIT_SHA=$GIT_SHA
LABEL org.opencontainers.image.title="Answerkey" \
  org.opencontainers.image.description="A headless quiz-and-grading backend: the answers stay on the server." \
  org.opencontainers.image.licenses="MIT" \
  org.opencontainers.image.source=$SOURCE \
  org.opencontainers.image.revision=$GIT_SHA
