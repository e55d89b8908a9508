# Build: everything, compiled.
FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# No package needs an install step here: the bundled Postgres, the only one that has a use for it, is left out below.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
# Without the optional packages the image has no Postgres of its own: it needs DATABASE_URL.
RUN npm run build && npm prune --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

# Run: compiled code, data files, and the packages it needs.
FROM node:22-slim
ENV NODE_ENV=production PARLEY_DATA=/var/lib/parley
RUN mkdir /var/lib/parley && chown node:node /var/lib/parley
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/catalogue ./catalogue
COPY --from=build /app/drizzle ./drizzle
COPY --from=build /app/src/web/assets ./src/web/assets
COPY --from=build /app/docs/benchmarks.md ./docs/benchmarks.md
USER node
VOLUME /var/lib/parley
EXPOSE 4750
# For the process that runs the web server; docker-compose.yml switches it off for the others.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:4750/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["dist/cli.js"]
CMD ["start"]
