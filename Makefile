# What a person types. The builds are in CMakePresets.json, the packages in scripts/install-deps.
.NOTPARALLEL:
.PHONY: help run build test test-release test-asan test-tsan test-bare bench data format tidy readme clean

help:
	@echo 'make run        build, and serve the shipped data on http://127.0.0.1:8080'
	@echo 'make build      leave the program in build/release/kordon'
	@echo 'make test       build and run every test: units, oracles, server, format, tree, README'
	@echo 'make test-asan  the same under ASan and UBSan          make test-tsan  under TSan'
	@echo 'make test-bare  run `make test` and `make run` in a bare Debian 12 root, from a fresh clone of HEAD'
	@echo 'make bench      build and run the benchmarks'
	@echo 'make data       make shapefiles/ again from its pinned sources'
	@echo 'make format     format the C++ files        make tidy     read them with clang-tidy'
	@echo 'make readme     put true answers into the README'
	@echo 'make clean      remove build/'

run: build
	build/release/kordon serve

build:
	@scripts/install-deps build
	cmake --preset release -DKORDON_TESTS=OFF
	cmake --build --preset release --target kordon

test: test-release

test-release test-asan test-tsan: test-%:
	@scripts/install-deps build test
	cmake --preset $* -DKORDON_TESTS=ON
	cmake --build --preset $*
	ctest --preset $* -j "$$(nproc)"

test-bare:
	@scripts/install-deps bare
	scripts/test-bare

bench:
	@scripts/install-deps build bench
	cmake --preset bench
	cmake --build --preset bench
	for bench in build/bench/bench_*; do "$$bench" || exit 1; done

data:
	@scripts/install-deps data
	shapefiles/build.sh

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
