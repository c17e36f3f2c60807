# kordon in an image that holds nothing else: no shell, no package manager, no compiler. docs/operations.md says how to run it.
# Pinned: a tag can be moved. What is installed on it comes from Debian as it is on the day of the build.
ARG BASE=debian:bookworm-slim@sha256:abd67ffcfa541b485a3dff59865ab629aa048a6c613e639d36e7456b0b229241

FROM ${BASE} AS gdal
ENV CCACHE_DIR=/ccache
COPY deploy/image/build-gdal /usr/local/bin/
RUN build-gdal /opt/gdal

FROM ${BASE} AS tools
COPY scripts/install-deps /usr/local/bin/
RUN install-deps build

FROM tools AS build
ARG NODE_EXTRA_CA_CERTS
ARG PIP_CERT
COPY --from=gdal /opt/gdal /opt/gdal
COPY . /src
WORKDIR /src
ENV CMAKE_PREFIX_PATH=/opt/gdal CCACHE_DIR=/ccache CCACHE_BASEDIR=/src CCACHE_NOHASHDIR=1
RUN cmake --preset release -DKORDON_TESTS=OFF -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_INSTALL_RPATH_USE_LINK_PATH=ON \
 && cmake --build --preset release \
 && DESTDIR=/rootfs cmake --install build/release --component Unspecified --strip

# The quick unit tests of what differs here: the program and its files with the libraries that the image carries. All others
# run outside, by `make test`. `docker build --target test`
FROM build AS test
RUN cmake --preset release -DKORDON_TESTS=ON \
 && cmake --build --preset release --target kordon test_cli test_config test_policy \
 && ctest --preset release -R '^(cli|config|policy)$'

FROM build AS rootfs
RUN deploy/image/gather /rootfs

FROM scratch AS runtime
ARG VERSION
LABEL org.opencontainers.image.title="Kordon" \
      org.opencontainers.image.description="Tells where a coordinate stands against borders and published-policy zones" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.licenses="Apache-2.0 AND ODbL-1.0"
COPY --from=rootfs /rootfs /
USER 65532:65532
ENV KORDON_LISTEN=0.0.0.0:8080
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=6s --start-period=30s CMD ["/usr/bin/kordon", "health"]
ENTRYPOINT ["/usr/bin/kordon"]
CMD ["serve"]
