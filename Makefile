# SPDX-License-Identifier: GPL-3.0-or-later
# One makefile for everything. "make help" lists what it can do.
#
# A room (folder) becomes a static library, a program links the rooms it may
# use; variants (asan, tsan) build the same under build/VARIANT.

PREFIX  ?= /usr/local
DESTDIR ?=
VERSION := 0.1.0
DEPS    ?= yes
WERROR  ?= no
VARIANT ?=
HOURS   ?= 1
# The home that the program names to services (etl.contact adds a person).
CONTACT ?= https://mien.example/contact

ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif

B := build$(if $(VARIANT),/$(VARIANT))
SHARE := build/share/mien

# ---- what each room is made with -------------------------------------------
ROOMS := base capture model catalog player
pkg_base    := libutf8proc yaml-0.1 jansson
pkg_capture := libv4l2
pkg_model   := nettle
pkg_catalog := sqlite3
pkg_tui     := ncursesw jansson
pkg_etl     := jansson taglib_c libcurl libxml-2.0 libexttextcat nettle aubio
pkg_starter := fluidsynth libopusenc libebur128
pkg_bench   := jansson
pkg_tests    = cmocka jansson sqlite3 opusfile $(late_capture)
# Loaded when first needed (base/late.h): their headers, and nothing linked.
late_capture := libavformat libavcodec libswscale libavutil
late_player  := mpv
inc_model   := -isystem /usr/lib/darknet/include
inc_bench   := $(inc_model)
inc_tests   := $(inc_model)

# ---- flags -----------------------------------------------------------------
CC ?= cc
WARN := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wno-sign-conversion
ifeq ($(WERROR),yes)
WARN += -Werror
endif
# -fcf-protection is left out: Debian's C library does not turn it on.
OPT_ := -O2 -D_FORTIFY_SOURCE=3 -fstack-protector-strong \
	-fstack-clash-protection
OPT_asan := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
	-fno-sanitize-recover=undefined
# clang's: MIEN_FUZZ names the target, tests/fuzz/run.sh runs all.
OPT_fuzz := -O1 -fno-omit-frame-pointer \
	-fsanitize=address,undefined,fuzzer-no-link \
	-fno-sanitize-recover=undefined
OPT_tsan := -O1 -fno-omit-frame-pointer -fsanitize=thread
# gcc looks at the paths through each function: make lint. Its alarms that are
# false more often than not are left to memcheck and the sanitizers: what is
# kept by its first member or in a list is no leak, and what another function
# filled (dlsym, a loop) is not unwritten.
ANALYZE := -include scripts/analyze.h -Wno-unused-value
OPT_analyze := -O0 $(ANALYZE) -fanalyzer -Wno-analyzer-malloc-leak \
	-Wno-analyzer-use-of-uninitialized-value
CPPFLAGS += -D_GNU_SOURCE -I. -DMIEN_VERSION='"$(VERSION)"' \
	-DMIEN_CONTACT='"$(CONTACT)"'
CFLAGS += -std=c11 -g $(OPT_$(VARIANT)) -fPIE -fvisibility=hidden $(WARN)
LDFLAGS += -pie -Wl,--as-needed -Wl,-z,relro,-z,now,-z,noexecstack \
	$(if $(VARIANT),$(filter -fsanitize=%,$(OPT_$(VARIANT))))

# pkg-config runs once a room, when first needed: "make check" must parse on a
# machine where it is yet to be installed.
packages = $(pkg_$(1)) $(if $(filter cflags,$(2)),$(late_$(1)))
flags = $(eval $(2)_$(1) := $$(if $$(strip $$(packages)),$$(shell \
	pkg-config --$(2) $$(packages))))$($(2)_$(1))

# ---- sources ---------------------------------------------------------------
# $(call objects,FOLDER)
objects = $(patsubst %.c,$B/obj/%.o,$(sort $(wildcard $(1)/*.c)))
lib = $B/lib$(1).a
# Later rooms use earlier ones: the linker wants them the other way round.
LIBS_ALL := $(foreach r,player catalog model capture base,$(call lib,$(r)))
LIBS_ETL := $(foreach r,catalog model base,$(call lib,$(r)))
ROOM_FLAGS = $(foreach r,$(ROOMS),$(call flags,$(r),libs)) \
	-lm -ldl -lpthread

BENCH_TOOLS := $(patsubst bench/%_main.c,%,$(wildcard bench/*_main.c))
BENCH_COMMON := $(filter-out %_main.o,$(call objects,bench))
UNIT := $(patsubst tests/unit/%.c,$B/tests/%,$(wildcard tests/unit/test_*.c))
UNIT_COMMON := $(patsubst %.c,$B/obj/%.o,$(filter-out tests/unit/test_%,\
	$(wildcard tests/unit/*.c)))
SCRIPTS := $(sort $(wildcard tests/*/test_*.sh))

PROGRAMS := $B/mien $B/mien-etl $(foreach t,$(BENCH_TOOLS),$B/mien-$(t))
STARTER := $(SHARE)/starter/starter.tsv

.PHONY: all deps run check check-vm vm-tools faults fuzz asan tsan valgrind train bench \
	bench-etl lint lint-each install deb clean help data
.DELETE_ON_ERROR:
.SECONDARY:

all: $(PROGRAMS) data ## build everything

# ---- rules -----------------------------------------------------------------
$B/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(inc_$(firstword $(subst /, ,$*))) \
		$(call flags,$(firstword $(subst /, ,$*)),cflags) \
		-MMD -MP -c -o $@ $<

# The lexicons become sorted rows of C.
$B/gen/catalog/%_rows.inc: catalog/lexicon/%.tsv catalog/lexicon/rows.sh
	@mkdir -p $(@D)
	catalog/lexicon/rows.sh $* $< >$@

$B/obj/catalog/lexicon.o: CPPFLAGS += -I$B/gen
$B/obj/catalog/lexicon.o: $B/gen/catalog/vader_rows.inc \
	$B/gen/catalog/emotions_rows.inc

# So do the tables of what tags and lyrics tell.
$B/gen/etl/%_rows.inc: etl/data/%.tsv etl/data/rows.sh
	@mkdir -p $(@D)
	etl/data/rows.sh $* $< >$@

$B/obj/etl/genre.o $B/obj/etl/lyrics.o: CPPFLAGS += -I$B/gen
$B/obj/etl/lyrics.o: $B/gen/etl/songwords_rows.inc
$B/obj/etl/genre.o: $B/gen/etl/genres_rows.inc

# Products are summed in one rounding where the processor can: twice as fast.
$B/obj/model/kernels_%.o: CFLAGS += -ffp-contract=fast $(if $(VARIANT),,-O3)
# Loops over rows of pixels, which -O2 does not turn into vectors.
$(foreach f,model/letterbox model/glance model/follow tui/preview,$B/obj/$(f).o): \
	CFLAGS += $(if $(VARIANT),,-O3)
$B/obj/bench/peak.o: CFLAGS += -ffp-contract=fast

define room_rules
$(call lib,$(1)): $(call objects,$(1))
	@mkdir -p $$(@D)
	rm -f $$@ && $$(AR) rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_rules,$(r))))

# The tests of a program's own parts (layout, options ...) link its objects
# without its main.
$B/libtui.a: $(filter-out %/main.o,$(call objects,tui))
	rm -f $@ && $(AR) rcs $@ $^
$B/libetl.a: $(filter-out %/main.o,$(call objects,etl))
	rm -f $@ && $(AR) rcs $@ $^
$B/libstarter.a: $(filter-out %/main.o,$(call objects,starter))
	rm -f $@ && $(AR) rcs $@ $^

# libdarknet calls error() and file_error() through the dynamic linker: the
# programs that load it export theirs, which return instead of exiting
# (model/darknet.c).
TRAPS := -Wl,--export-dynamic-symbol=error \
	-Wl,--export-dynamic-symbol=file_error

$B/mien: $B/obj/tui/main.o $B/libtui.a $(LIBS_ALL)
	$(CC) $(LDFLAGS) $(TRAPS) -o $@ $^ $(call flags,tui,libs) $(ROOM_FLAGS)

$B/mien-etl: $B/obj/etl/main.o $B/libetl.a $(LIBS_ETL)
	$(CC) $(LDFLAGS) -o $@ $^ $(call flags,etl,libs) $(ROOM_FLAGS)

# An archive: a tool links what it uses of the others' parts.
$B/libbench.a: $(BENCH_COMMON)
	rm -f $@ && $(AR) rcs $@ $^

$B/mien-%: $B/obj/bench/%_main.o $B/libbench.a $B/libtui.a $(LIBS_ALL)
	$(CC) $(LDFLAGS) $(TRAPS) -o $@ $^ $(call flags,bench,libs) \
		$(call flags,tui,libs) $(ROOM_FLAGS)

$B/tests/%: $B/obj/tests/unit/%.o $(UNIT_COMMON) $B/libtui.a $B/libetl.a \
		$B/libstarter.a $(LIBS_ALL)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) $(TRAPS) -o $@ $(filter %.o,$^) $(filter %.a,$^) \
		$(call flags,tests,libs) $(call flags,tui,libs) $(call flags,etl,libs) \
		$(call flags,starter,libs) $(ROOM_FLAGS)

# Needs all that is loaded late and has nothing in it: tools that read what a
# file needs (dpkg-shlibdeps, the tests) see it here.
$B/late.so: Makefile
	@mkdir -p $(@D)
	$(CC) -shared -Wl,--no-as-needed -o $@ -x c /dev/null \
		$(shell pkg-config --libs $(late_capture) $(late_player))

FUZZ := $(patsubst %.c,$B/obj/%.o,$(wildcard tests/fuzz/*.c))
$B/tests/test_corpora: $(filter-out %/entry.o,$(FUZZ))
$B/fuzz: $(FUZZ) $B/libetl.a $(LIBS_ETL)
	$(CC) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(call flags,etl,libs) \
		$(ROOM_FLAGS)

# The services that mien-etl asks, played on this machine.
$B/mock: $(call objects,tests/etl)
	$(CC) $(LDFLAGS) -o $@ $^ $(shell pkg-config --libs libmicrohttpd)

# mien with a bug in it, to see what the lock leaves to it.
$B/planted: $B/obj/tests/lock/planted.o $B/obj/tui/main.o $B/libtui.a \
		$(LIBS_ALL)
	$(CC) $(LDFLAGS) $(TRAPS) -Wl,--wrap=session_begin \
		-Wl,--wrap=reader_open -o $@ $^ \
		$(call flags,tui,libs) $(ROOM_FLAGS)

# Memory, writes and a clock that fail: tests/faults/run.py. A sanitizer brings
# a malloc of its own.
FAULTS := $(if $(VARIANT),,$B/faults/libfaults.so $B/faults/plays)
$B/obj/tests/faults/%.o: CFLAGS += -fPIC -fvisibility=default \
	-Wno-missing-prototypes
$B/faults/libfaults.so: $B/obj/tests/faults/memory.o $B/obj/tests/faults/files.o
	@mkdir -p $(@D)
	$(CC) -shared -o $@ $^ -lgcc_s -ldl

$B/faults/plays: $B/obj/tests/faults/plays.o $(foreach r,catalog model base,\
		$(call lib,$(r)))
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(ROOM_FLAGS)

# Runs in a virtual machine: tests/vm/check.sh.
$B/vm/camera: $B/obj/tests/vm/camera.o $(call lib,capture) $(call lib,base)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(call flags,capture,libs) \
		$(call flags,base,libs) -lm -lpthread
$B/vm/%: $B/obj/tests/vm/%.o $(call lib,base)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(if $(filter sound,$*),-lasound) -lm

# ---- data that the programs read ------------------------------------------
data: $(SHARE)/model $(SHARE)/demo $(STARTER) ## the starter music and links to the model

$(SHARE)/model $(SHARE)/demo:
	@mkdir -p $(@D)
	ln -sfn $(CURDIR)/$(if $(filter %/model,$@),model/weights,capture/demo) $@

ifeq ($(VARIANT),)
build/compose: $(call objects,starter) build/libbase.a
	$(CC) $(LDFLAGS) -o $@ $^ $(call flags,starter,libs) \
		$(call flags,base,libs) -lm

$(STARTER): build/compose
	@mkdir -p $(@D)
	build/compose $(@D)
else
build/compose $(STARTER):
	$(MAKE) VARIANT= $@
endif

# ---- what people call ------------------------------------------------------
deps: ## install the missing Debian packages
	scripts/deps install build test

ifeq ($(DEPS),yes)
run check asan tsan: %: %-deps
	@$(MAKE) --no-print-directory DEPS=no $@
run-deps:
	@scripts/deps install build
%-deps:
	@scripts/deps install build test
else
run: all
	@scripts/run $B/mien $(ARGS)
check: all build/compose $B/mock $B/planted $B/late.so $(FAULTS) $(UNIT)
	@scripts/check $B $(UNIT) $(SCRIPTS) $(if $(VM),tests/vm/check.sh)
asan: export TEST_SECONDS ?= 900
tsan: export TEST_SECONDS ?= 1800
asan tsan:
	@$(MAKE) --no-print-directory VARIANT=$@ WERROR=$(WERROR) DEPS=no check
endif

MEMCHECK := valgrind --quiet --error-exitcode=99 --leak-check=full \
	--errors-for-leak-kinds=definite --show-leak-kinds=definite \
	--suppressions=$(CURDIR)/tests/valgrind.supp
# One counts what malloc is asked for, by a malloc of its own; memcheck gives up
# where the other may start no program.
MEMCHECKED := $(filter-out %/test_allocations %/test_sandbox,$(UNIT))
valgrind: export TEST_SECONDS ?= 1800
ifeq ($(DEPS),yes)
valgrind: valgrind-deps ## the unit tests under memcheck
	@$(MAKE) --no-print-directory DEPS=no $@
valgrind-deps:
	@scripts/deps install build test lint
else
valgrind: data $(MEMCHECKED)
	@TEST_WITH="$(MEMCHECK)" scripts/check $B $(MEMCHECKED)
endif

check-vm: $B/mien $B/mien-etl data
ifeq ($(DEPS),yes)
	@scripts/deps install build test vm || true
endif
	@scripts/check $B tests/vm/check.sh

# Made by tests/vm/check.sh, as they need a library that nothing else does.
vm-tools: $(addprefix $B/vm/,camera usbcam v4l2 sound)

faults: all $B/mock $(FAULTS) ## every allocation and write of the catalog fails in turn
	@MIEN_BUILD=$B MIEN_ROOT=$(CURDIR) python3 tests/faults/run.py

FUZZ_CC ?= clang
fuzz: ## each reader of what comes from outside gets odd input for SECONDS each
ifeq ($(DEPS),yes)
	@scripts/deps install build fuzz
endif
	@$(MAKE) --no-print-directory VARIANT=fuzz CC="$(FUZZ_CC)" DEPS=no \
		WERROR=no WARN= build/fuzz/fuzz
	@tests/fuzz/run.sh build/fuzz/fuzz $(or $(SECONDS),60) $(ARGS)

# The comments below are what "make help" prints.
#: run      build and start the dashboard (ARGS= passes options on)
#: check    build and run all tests
#: check-vm cameras and sound on real drivers, in a virtual machine
#: asan     the tests again under the address and undefined sanitizers
#: tsan     the tests again under the thread sanitizer
#: bench-etl how fast, large and busy mien-etl is, against a mock

.PHONY: soak
soak: ## the dashboard in use for HOURS=1 (docs/reliability.md)
ifeq ($(DEPS),yes)
	@scripts/deps install build test
endif
	@$(MAKE) --no-print-directory DEPS=no all $B/mock
	@python3 tests/soak/ten.py $B 60 $B/soak/ten
	@python3 tests/soak/soak.py $B $(HOURS) $B/soak/hours

train: ## the emotion network anew: FER2013=fer2013.csv FERPLUS=fer2013new.csv
	@test -n "$(FER2013)" -a -n "$(FERPLUS)" || { echo "make train: say" \
		"where the two tables are: make train FER2013=fer2013.csv" \
		"FERPLUS=fer2013new.csv (model/README.md)." >&2; exit 64; }
ifeq ($(DEPS),yes)
	scripts/deps install train
endif
	model/train/train.py --fer2013 "$(FER2013)" --ferplus "$(FERPLUS)" \
		--out build/train $(TRAIN)
	model/train/export.py build/train/last.pt $(EXPORT)

bench: ## how fast every stage is, here, beside others, on a Pi
ifeq ($(DEPS),yes)
	@scripts/deps install build bench
endif
	@$(MAKE) --no-print-directory DEPS=no all
	$B/mien-bench $(ARGS)
	bench/peers
	bench/pi

bench-etl: $B/mien-etl $B/mock
	bench/etl --build $B $(ARGS)

# Looked at are the programs; stamps tell what is clean and has not changed.
LINTED := $(sort $(foreach r,$(ROOMS) tui etl starter bench,\
	$(wildcard $(r)/*.c)))
lint: ## layout, cppcheck, clang-tidy and gcc's analyzer
ifeq ($(DEPS),yes)
	@scripts/deps install build test lint
endif
	@scripts/lint
	@$(MAKE) --no-print-directory VARIANT=analyze WERROR=yes DEPS=no \
		CC="$(CC)" lint-each
	@echo "lint: $(words $(LINTED)) files, no finding"

lint-each: $(LINTED:%=$B/tidy/%)
$B/tidy/%.c: %.c $B/obj/%.o .clang-tidy
	@mkdir -p $(@D)
	@clang-tidy --quiet $< -- -std=c11 $(CPPFLAGS) $(ANALYZE) -I$B/gen \
		$(inc_$(firstword $(subst /, ,$*))) \
		$(call flags,$(firstword $(subst /, ,$*)),cflags) \
		2>$@.err || { cat $@.err >&2; exit 1; }
	@rm -f $@.err && touch $@

install: all ## into DESTDIR and PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/mien
	install -m 755 $B/mien $B/mien-etl $(DESTDIR)$(PREFIX)/bin
	for d in model demo starter; do \
		install -d $(DESTDIR)$(PREFIX)/share/mien/$$d; \
		install -m 644 $(SHARE)/$$d/* $(DESTDIR)$(PREFIX)/share/mien/$$d; \
	done
	install -d $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 docs/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/user
	install -m 644 packaging/mien-etl.service packaging/mien-etl.timer \
		$(DESTDIR)$(PREFIX)/lib/systemd/user

deb: ## a Debian package in build/
	@scripts/deps install build package
	rm -rf build/deb
	$(MAKE) --no-print-directory build/late.so
	$(MAKE) --no-print-directory PREFIX=/usr DESTDIR=build/deb install
	packaging/deb $(VERSION) build/deb build/late.so \
		build/mien_$(VERSION)_$$(dpkg --print-architecture).deb

clean: ## remove build/
	rm -rf build

help: ## this list
	@sed -n -e 's/^#: */  /p' \
		-e 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 11

-include $(shell find $B/obj -name '*.d' 2>/dev/null)
