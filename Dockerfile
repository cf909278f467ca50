# One image for amd64 and arm64 (`docker buildx build --platform linux/amd64,linux/arm64`): the server by default, the CLI by argument.
FROM node:24-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
# `prepare` builds; there is nothing to build yet.
RUN npm ci --ignore-scripts
COPY tsconfig.json app.yml ./
COPY scripts scripts
COPY src src
COPY fixtures/demo fixtures/demo
# Nothing in the image reads maps of sources.
RUN npm run build && npm prune --omit=dev --ignore-scripts && find dist node_modules -name '*.map' -delete

FROM node:24-slim
# The CLI works on clones; the server needs no git.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git ca-certificates \
 && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /src/package.json /src/app.yml ./
COPY --from=build /src/node_modules node_modules
COPY --from=build /src/dist dist
COPY --from=build /src/fixtures fixtures
# uid 1000. Nothing is written but to /tmp, so the root file system may be read-only.
USER node
EXPOSE 3000
# A worker answers where METRICS_PORT says; without it, those who run one switch this off.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.METRICS_PORT || process.env.PORT || 3000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node as process 1 gets the signals itself and stops in order.
ENTRYPOINT ["node", "/app/dist/entry/cli.js"]
CMD ["serve"]
