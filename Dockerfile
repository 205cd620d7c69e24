# docker build -t ringgate:VERSION --build-arg VERSION=VERSION .
#
# The runtime has the modules that the program and its libraries use, less what only code beside our way asks for
# (java.desktop, java.sql, java.compiler).
FROM eclipse-temurin:25.0.3_9-jdk-noble AS runtime
RUN jlink --output /opt/ringgate/jre --no-header-files --no-man-pages \
    --add-modules java.base,java.logging,java.management,java.naming,java.xml,jdk.httpserver,jdk.jfr,jdk.management,jdk.unsupported

FROM maven:3.9.16-eclipse-temurin-25-noble AS build
WORKDIR /build
COPY pom.xml checkstyle.xml ./
COPY gateway gateway
RUN --mount=type=cache,target=/root/.m2 mvn -q -B package -Dmaven.test.skip=true

# bash and coreutils are what the launcher needs of it.
FROM debian:13.6-slim AS untrained
COPY --from=runtime /opt/ringgate/jre /opt/ringgate/jre
COPY --chmod=755 bin/ringgate bin/dns.security /opt/ringgate/bin/
COPY --from=build /build/target/lib /opt/ringgate/target/lib
COPY --from=build /build/target/ringgate.jar /opt/ringgate/target/
ENV JAVA_HOME=/opt/ringgate/jre

# The AOT cache holds for this runtime, this jar and the collector. The figures are those of k8s/base/gateway/deployment.yaml
# and not the building machine's, whose heap might be too big for a cache that small ones share.
FROM untrained AS trained
RUN RINGGATE_MEMORY_BYTES=1073741824 RINGGATE_CPUS=2 /opt/ringgate/bin/ringgate --train

FROM untrained
ARG VERSION=unknown
LABEL org.opencontainers.image.title="Ringgate" \
    org.opencontainers.image.description="A remote-write gateway and auth proxy for Prometheus and Thanos" \
    org.opencontainers.image.version="$VERSION"
COPY --from=trained /opt/ringgate/target/ringgate.aot /opt/ringgate/target/
USER 65534:65534
EXPOSE 19291 19292
ENTRYPOINT ["/opt/ringgate/bin/ringgate"]
