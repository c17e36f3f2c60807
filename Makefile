# What a person types. The builds are in CMakePresets.json, the packages in scripts/install-deps.
.NOTPARALLEL:
.PHONY: help run build test test-release test-asan test-tsan test-bare deb deb-test image image-test image-unit-test check-deploy fuzz show show-proxy soak bench bench-http bench-peers bench-python bench-sizing data format tidy readme npm audit clean

help:
	@echo 'make run        build, and serve the shipped data on http://127.0.0.1:8080'
	@echo 'make build      leave the program in build/release/kordon'
	@echo 'make test       build and run every test: units, oracles, server, format, tree, README'
	@echo 'make test-asan  of those what parses input, under ASan and UBSan, and 5 s of each fuzzer    make test-tsan  the server under TSan'
	@echo 'make show       reloads, stops and thousands of idle clients under load    make soak  half an hour of everything'
	@echo 'make show-proxy two copies behind HAProxy: rolling replacement and sudden death under load'
	@echo 'make fuzz       run each fuzzer for a minute'
	@echo 'make test-bare  run `make test` and `make run` in a bare Debian 12 root, from a fresh clone of HEAD'
	@echo 'make bench      measure Kordon beside GEOS and S2        make bench-peers  beside PostGIS, Shapely, MovingPandas    make bench-http  beside nginx'
	@echo 'make bench-python  the Python package beside C++ and shapely, and Spark with 50 million rows; SEDONA_JARS=A,B beside Sedona'
	@echo 'make deb        leave a Debian package in build/packages      make deb-test  install, upgrade and remove it in a bare root'
	@echo 'make image      build the container image, with docker or buildah      make image-test  and see it keep its promises'
	@echo 'make check-deploy  hold Dockerfile, Compose, manifests and alert rules against their own tools'
	@echo 'make audit      hold all pinned dependencies against published advisories'
	@echo 'make data       make shapefiles/ again from its pinned sources'
	@echo 'make format     format the C++ files        make tidy     read them with clang-tidy'
	@echo 'make readme     put true answers into the README'
	@echo 'make npm        pack the web component and the typed client of npm/ into build/npm'
	@echo 'make clean      remove build/'

npm:
	@scripts/install-deps build
	npm ci --prefix npm --no-fund --no-audit --loglevel=error
	npm run --prefix npm build
	mkdir -p build/npm
	cd build/npm && npm pack ../../npm --silent

run: build
	build/release/kordon serve

build:
	@scripts/install-deps build
	cmake --preset release -DKORDON_TESTS=OFF
	cmake --build --preset release --target kordon kordon_web kordon_library

test: test-release test-asan test-tsan

test-release:
	@scripts/install-deps build test
	cmake --preset release -DKORDON_TESTS=ON
	cmake --build --preset release
	ctest --preset release -j "$$(nproc)"

# What parses outside input, and what has threads. The rest is pure, and its oracles would take hours this way.
asan_tests = api batch cli config evaluation policy server text world
tsan_tests = server
one_of = ($(subst $(eval ) ,|,$(strip $(1))))

test-tsan:
	@scripts/install-deps build test
	cmake --preset tsan
	cmake --build --preset tsan --target $(addprefix test_,$(tsan_tests))
	ctest --preset tsan -R '^$(call one_of,$(tsan_tests))$$'

# One build for tests and fuzzers: the libraries under sanitizers take the longest.
test-asan: FUZZ_SECONDS = 5
test-asan: FUZZ_SEED = 1
test-asan: targets = $(addprefix test_,$(asan_tests)) fuzzers
test-asan: chosen = ^$(call one_of,$(asan_tests) fuzz[.].*)$$
fuzz: FUZZ_SECONDS = 60
fuzz: FUZZ_SEED = 0
fuzz: targets = fuzzers
fuzz: chosen = ^fuzz[.]
test-asan fuzz:
	@scripts/install-deps build test fuzz
	cmake --preset asan -DKORDON_FUZZ_SECONDS=$(FUZZ_SECONDS) -DKORDON_FUZZ_SEED=$(FUZZ_SEED)
	cmake --build --preset asan --target $(targets)
	ctest --preset asan -j "$$(nproc)" -R '$(chosen)'

# What must not cost a request, at the rates that are promised. A quiet machine is needed for the latencies.
show:
	@scripts/install-deps build test clients
	cmake --preset release -DKORDON_TESTS=ON
	cmake --build --preset release --target kordon load
	tests/e2e/under_load.py reloads --count 50 $(under_test)
	tests/e2e/under_load.py stops --count 20 $(under_test)
	tests/e2e/under_load.py idle --count 5000 --rate 1000 --judge-latency $(under_test)
	KORDON_NOISE_MB=2048 tests/hostile/bench.py --program build/release/kordon
	tests/hostile/together.py --minutes 10 --judge-latency $(under_test)
	scripts/python-environment clients-test tests/e2e/clients/requirements.txt
	bench/bytes.py
	tests/e2e/clients.py --all --rows 10000000 --program build/release/kordon

# Two copies behind HAProxy: replaced one after the other, and killed.
show-proxy:
	@scripts/install-deps build test
	cmake --preset release -DKORDON_TESTS=ON
	cmake --build --preset release --target kordon load
	tests/e2e/proxy.py replace --count 5 --rate 2000 $(under_test)
	tests/e2e/proxy.py kill --count 10 --rate 2000 $(under_test)

soak_minutes = 30
soak:
	@scripts/install-deps build test
	cmake --preset release -DKORDON_TESTS=ON
	cmake --build --preset release --target kordon load
	tests/e2e/soak.py --minutes $(soak_minutes) $(under_test)

under_test = --program build/release/kordon --load build/release/load

test-bare:
	@scripts/install-deps bare
	scripts/test-bare

deb: build
	@scripts/install-deps package
	cd build/release && cpack -G DEB

deb-test: deb
	@scripts/install-deps bare
	scripts/test-deb

image:
	nice scripts/image

image-test: image
	@scripts/install-deps build test
	cmake --preset release -DKORDON_TESTS=ON
	cmake --build --preset release --target load
	/usr/bin/python3 tests/image/image.py

# The unit tests, inside the build that the image is made from.
image-unit-test:
	nice scripts/image test

# Dockerfile, compose, manifests, alert rules and metrics, each by its own tool.
check-deploy: build
	scripts/check-deploy build/release/kordon

bench:
	@scripts/install-deps build bench
	cmake --preset bench
	cmake --build --preset bench --target bench_evaluate kordon
	/usr/bin/python3 bench/report.py build/bench/bench_evaluate build/bench/kordon

bench-peers:
	@scripts/install-deps build peers
	cmake --preset bench
	cmake --build --preset bench --target bench_tables bench_extents
	/usr/bin/python3 bench/peers.py build/bench/bench_tables
	scripts/python-environment extents-peers bench/extents/requirements.txt
	build/extents-peers/bin/python bench/extents/track_peers.py build/bench/bench_extents

bench-sizing: build
	@scripts/install-deps bench
	/usr/bin/python3 bench/sizing.py

SEDONA_JARS =
bench-python:
	@scripts/install-deps build bench python
	cmake --preset bench
	cmake --build --preset bench --target bench_evaluate
	python/build-wheel
	tests/python/environment
	build/python-test/bin/python bench/python_batch.py build/bench/bench_evaluate
	build/python-test/bin/python bench/spark.py --sedona-jars "$(SEDONA_JARS)"

bench-http: build
	@scripts/install-deps bench
	bench/http_rate.py

data:
	@scripts/install-deps data
	shapefiles/build.sh

audit:
	@scripts/install-deps build test
	scripts/audit

format:
	@scripts/install-deps test
	git ls-files -co --exclude-standard '*.cpp' '*.hpp' | xargs clang-format-19 -i

# Tidy reads each file as it compiles, so a second run reads only what changed.
tidy:
	@scripts/install-deps build test
	cmake --preset tidy
	cmake --build --preset tidy -- -k 0

readme: build
	tests/repo/readme.py --write

clean:
	rm -rf build
