# A small image that runs as nobody, on a file system that it need not write to, beside /data.
#
#   docker build --tag backlint .
#   docker run --rm --read-only --tmpfs /tmp --volume backlint:/data \
#     --volume ./backlint.toml:/data/backlint.toml:ro --env GITHUB_TOKEN backlint check
#
# Secrets come at run time, as variables or as files in /run/secrets; none is ever an argument of the build.

FROM python:3.12-slim AS build
WORKDIR /source
ENV PIP_CONSTRAINT=/source/constraints.txt PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv --without-pip /opt/backlint
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY connectors connectors
COPY rules rules
COPY reports reports
COPY backlint backlint
RUN python -m pip --python /opt/backlint/bin/python install ".[serve,postgres,mail]"

FROM python:3.12-slim
RUN install --directory --owner 10001 --group 10001 /data
COPY --from=build /opt/backlint /opt/backlint
ENV PATH=/opt/backlint/bin:$PATH HOME=/data PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 BACKLINT_LOG_FORMAT=json
# A number, so that Kubernetes can see that it is not root.
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
ENTRYPOINT ["backlint"]
CMD ["--help"]
