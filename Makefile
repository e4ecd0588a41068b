# Dagsform. `make help` lists the targets.
#
# Everything is made under $(B) (build/); a change of compiler or flags rebuilds. Each floor of
# src/ is one archive, linked only with the floors below it, so an arrow that points up does not
# link.

VERSION := 0.1.0
B       ?= build
PREFIX  ?= /usr/local
DESTDIR ?=
CC      ?= gcc
# A line for each place in a backtrace; CFLAGS='-O0 -g' for a debugger.
CFLAGS  ?= -O2 -g1
# WERROR= : warnings do not stop the build, for a compiler newer than this source.
WERROR  ?= -Werror
# SAN=1: address and undefined-behaviour sanitizers. FUZZ=1: those, and clang's coverage.
SAN     ?=
FUZZ    ?=
# What `make check` builds a second time, in $(B)/san: optimizing takes longer than it saves, and hides
# what the sanitizers look for.
SAN_CFLAGS ?= -O0 -g1
# PCH=1: the headers that nearly every file includes are read once. tests/house.sh finds a file that
# forgets to include them. Not with ccache, which knows a file by what it has read.
PCH     ?= $(if $(findstring ccache,$(CC)),,1)
# How many processors `make check` keeps busy.
JOBS    ?= $(shell nproc 2>/dev/null || echo 2)

ifeq ($(origin CC),default)
CC := gcc
endif

# The libraries: tools/parts is the one list. Both are empty until `make deps` has been run, so
# whoever installs parts makes again.
PACKAGES      := $(shell awk '$$1 == "build" && $$2 != "-" { print $$2 }' tools/parts)
TEST_PACKAGES := $(shell awk '$$1 == "check" && $$2 != "-" { print $$2 }' tools/parts)
PKG_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
PKG_LIBS   := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lm
TEST_LIBS  := $(shell pkg-config --libs $(TEST_PACKAGES) 2>/dev/null) -lutil

WARNINGS := -Wall -Wextra $(WERROR) -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wwrite-strings -Wvla -Wformat=2 -Wno-format-nonliteral
# The C library refuses to be fortified without optimization.
FORTIFY  := $(if $(filter -O1 -O2 -O3 -Os,$(CFLAGS)),-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
# A jump lands only where the compiler meant one to, on processors that watch it.
BRANCHES := $(if $(filter x86_64,$(shell uname -m)),-fcf-protection=full)
HARDEN   := -fstack-protector-strong -fstack-clash-protection $(BRANCHES) $(FORTIFY)
# The same bytes from whatever folder it is built in.
ANYWHERE := -ffile-prefix-map=$(CURDIR)=.
SANITIZE :=
ifneq ($(SAN)$(FUZZ),)
SANITIZE := -fsanitize=address,undefined -fno-sanitize-recover=undefined
HARDEN   := -fno-omit-frame-pointer
endif
DEFINES  := -D_GNU_SOURCE -DSQLITE_HAS_CODEC -DNCURSES_WIDECHAR=1 -DG_LOG_DOMAIN='"dagsform"' \
            -DDAGSFORM_VERSION='"$(VERSION)"' -DDAGSFORM_PREFIX='"$(PREFIX)"'
ALL_CFLAGS := -std=c17 -fPIE $(ANYWHERE) $(WARNINGS) $(HARDEN) $(SANITIZE) $(if $(FUZZ),-fsanitize=fuzzer-no-link) \
              $(CFLAGS) $(DEFINES) -Isrc -I. -I$(B) $(PKG_CFLAGS)
# A test is run once for each time it is compiled, so time spent on making it quick is lost. No fuzzer
# has to know which ways it goes.
TEST_CFLAGS := -O0 -U_FORTIFY_SOURCE$(if $(FUZZ), -fno-sanitize=fuzzer-no-link)
# What the sanitizers watch starts often, and has two hundred thousand addresses to put right if it may
# lie anywhere.
ALL_LDFLAGS := $(if $(SANITIZE),-no-pie,-pie) -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code -Wl,--as-needed $(SANITIZE) $(LDFLAGS)

# The floors, ground last: each may use what stands after it.
FLOORS := cmd exchange stats care form db vault base
ARCHIVES := $(FLOORS:%=$(B)/lib%.a)
EVERYTHING := $(B)/libui.a $(ARCHIVES)

# One short line for each step; V=1 shows the commands. Without a shell: there are a thousand steps.
short = $(if $(V),,@$(info $()  $(1) $(2)))

.DELETE_ON_ERROR:
.SECONDARY:

all: $(B)/bin/dagsform data ## build the program with its forms, texts and manual page

# --- the program -------------------------------------------------------------------------------
$(B)/bin/dagsform: $(B)/src/main.o $(B)/src/free_wiped.o $(EVERYTHING)
	@mkdir -p $(@D)
	$(call short,link,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

# What parts the program of the tests from that one: there a passphrase costs next to nothing, the
# clock can be set for any unit, what is typed is saved late enough to be seen before, nothing is
# waited for that goes to the disk, what goes to the log of the computer goes to a file, and a trigger acts;
# ON_SERVER: a unit can lie on a server. That program, when asked, tries at its end what it has given up.
PARTED := $(addprefix $(B)/tests/,cheap_cost.o any_clock.o no_sync.o system_log_file.o schema_acts.o)
ON_SERVER := $(B)/tests/on_server.o $(B)/tests/opened.o
$(B)/tests/dagsform: $(B)/src/main.o $(B)/src/free_wiped.o $(PARTED) $(ON_SERVER) $(addprefix $(B)/tests/,slow_pace.o idle_ahead.o try_at_exit.o) $(EVERYTHING)
	$(link_test)

# The same under the clock's rule that is shipped.
$(B)/tests/dagsform-clock: $(B)/src/main.o $(B)/src/free_wiped.o $(B)/tests/cheap_cost.o $(B)/tests/no_sync.o $(B)/tests/system_log_file.o $(EVERYTHING)
	$(link_test)

# A floor's files may lie in folders of their own: ui/visits, src/cmd/plain.
folder_of  = $(if $(filter ui,$(1)),ui,src/$(1))
sources_of = $(sort $(wildcard $(call folder_of,$(1))/*.c $(call folder_of,$(1))/*/*.c))
define floor_rule
$(B)/lib$(1).a: $$(patsubst %.c,$(B)/%.o,$$(call sources_of,$(1))) $(B)/lib$(1).list
endef
$(foreach f,ui $(FLOORS),$(eval $(call floor_rule,$(f))))
$(B)/lib%.a:
	@mkdir -p $(@D)
	@rm -f $@
	$(call short,archive,$@)$(AR) rcs $@ $(filter %.o,$^)

# write_if_new: puts the text in $$TEXT into the target, unless it says so already.
write_if_new = mkdir -p $(@D) && printf '%s\n' "$$TEXT" | cmp -s - $@ || printf '%s\n' "$$TEXT" >$@

# What an archive holds, so that a source file taken away leaves it too.
$(B)/lib%.list: export TEXT = $(call sources_of,$*)
$(B)/lib%.list: FORCE
	@$(write_if_new)

FOLDERS  := $(sort $(dir $(wildcard $(foreach f,src ui tests tools,$(f)/*.c $(f)/*/*.c $(f)/*/*/*.c))))
COMPILER := $(shell $(CC) --version 2>&1 | head -n 1)
# A change of compiler or flags rebuilds everything; parts that are missing or too old are said.
$(B)/flags: export TEXT = $(COMPILER) $(CC) $(ALL_CFLAGS) $(TEST_CFLAGS) $(ALL_LDFLAGS) $(TOGETHER)
$(B)/flags: FORCE | parts
	@mkdir -p $(FOLDERS:%=$(B)/%)
	@$(write_if_new)

parts:
	@sh tools/parts.sh $(PACKAGES)
$(B)/parts.checked: tools/parts.c $(B)/flags
	@$(CC) $(ALL_CFLAGS) -fsyntax-only $<
	@touch $@

# What a compiler takes of memory it takes in large pages, where the C library and the system have
# them: asking for small ones is a tenth of its time and more.
$(B)/%.o $(B)/%.gch: export GLIBC_TUNABLES := \
    glibc.malloc.hugetlb=1:glibc.malloc.top_pad=67108864:glibc.malloc.mmap_threshold=33554432
compile = $(call short,compile,$<)$(CC) $(ALL_CFLAGS)

# One for each way of compiling. gcc looks for a NAME.gch when it is to include NAME.
COMMON := $(if $(PCH),$(B)/tools/common.h.gch $(B)/tests/common.h.gch)
common = $(firstword $(COMMON))
include_common = $(if $(common),$(if $(findstring clang,$(COMPILER)),-include-pch $(common),-include $(common:.gch=)))
$(COMMON): tools/common.h $(B)/flags $(B)/parts.checked
	@mkdir -p $(@D)
	$(compile) -MD -MP -MF $(@:h.gch=d) -x c-header -o $@ $<
$(B)/%.o: %.c $(B)/flags $(B)/parts.checked $(COMMON)
	$(compile) $(include_common) -MMD -MP -c -o $@ $<$(renamed)

# The schema is compiled in: one C array of (number, name, text).
SCHEMA := $(sort $(wildcard src/db/schema/*.sql))
$(B)/schema.list: export TEXT = $(SCHEMA)
$(B)/schema.list: FORCE
	@$(write_if_new)
$(B)/schema.inc: $(SCHEMA) $(B)/schema.list tools/embed-schema.sh
	@mkdir -p $(@D)
	$(call short,embed,$@)sh tools/embed-schema.sh src/db/schema >$@
$(B)/src/db/migration.o: $(B)/schema.inc
# So is who may see what on a server.
$(B)/access.inc: src/db/server/access.sql
	@mkdir -p $(@D)
	$(call short,embed,$@)sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/.*/"&\\n"/' $< >$@
$(B)/src/db/server/server_access.o: $(B)/access.inc

# --- data: forms, translations and manual page, laid as they are installed ----------------------
FORMS := $(sort $(wildcard forms/*.yaml))
# The program's texts are English, the forms' Swedish: po/LANGUAGE.po and po/forms/LANGUAGE.po have
# them in another language.
CATALOGUES      := $(sort $(wildcard po/*.po))
FORM_CATALOGUES := $(sort $(wildcard po/forms/*.po))
DATA := $(FORMS:forms/%=$(B)/share/dagsform/forms/%) \
        $(CATALOGUES:po/%.po=$(B)/share/locale/%/LC_MESSAGES/dagsform.mo) \
        $(FORM_CATALOGUES:po/forms/%.po=$(B)/share/locale/%/LC_MESSAGES/dagsform-forms.mo) \
        $(B)/share/man/man1/dagsform.1
data: $(DATA)
$(B)/share/dagsform/forms/%: forms/%
	@mkdir -p $(@D)
	$(call short,copy,$<)cp $< $@
$(B)/share/locale/%/LC_MESSAGES/dagsform.mo: po/%.po
	@mkdir -p $(@D)
	$(call short,texts,$<)msgfmt --check-format -o $@ $<
$(B)/share/locale/%/LC_MESSAGES/dagsform-forms.mo: po/forms/%.po
	@mkdir -p $(@D)
	$(call short,texts,$<)msgfmt --check-format -o $@ $<
$(B)/tools/manual-keys: $(B)/tools/manual-keys.o $(B)/ui/action.o $(B)/ui/place.o
	$(call short,link,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)
$(B)/share/man/man1/dagsform.1: doc/dagsform.1.in $(B)/tools/manual-keys $(B)/flags
	@mkdir -p $(@D)
	@$(B)/tools/manual-keys >$(B)/manual-keys
	$(call short,manual,$@)sed -e 's/@VERSION@/$(VERSION)/' \
	    -e '/^@KEYS@$$/{r $(B)/manual-keys' -e 'd}' $< >$@

# --- run, install, dist ------------------------------------------------------------------------
# What is installed first is seen only by a make that starts afterwards. Two jobs more than processors:
# some always wait for a file.
AGAIN = $(MAKE) --no-print-directory $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell expr $(JOBS) + 2))

run: ## install what is missing, build, and open the program on a demo unit
	@sh tools/deps.sh build
	@$(AGAIN) all
	@sh tools/run-demo.sh $(B)/bin/dagsform $(B)/demo

deps: ## install every part that building, testing and measuring need
	@sh tools/deps.sh all

INSTALL = install
# What a debugger wants stays in $(B); STRIP= for a system's packager, who keeps it apart.
STRIP  ?= -s
install: all ## install under PREFIX (/usr/local), below DESTDIR if given
	$(INSTALL) $(STRIP) -D -m 755 $(B)/bin/dagsform $(DESTDIR)$(PREFIX)/bin/dagsform
	@for file in $(DATA:$(B)/%=%); do \
	    $(INSTALL) -D -m 644 $(B)/$$file $(DESTDIR)$(PREFIX)/$$file || exit 1; done
	@for file in $(DOCUMENTS); do \
	    $(INSTALL) -D -m 644 $$file $(DESTDIR)$(PREFIX)/share/doc/dagsform/$$file || exit 1; done

DOCUMENTS := README.md README.sv.md NEWS COPYING
uninstall: ## take away what install laid down; no one's data is touched
	rm -f $(DESTDIR)$(PREFIX)/bin/dagsform
	rm -f $(DATA:$(B)/%=$(DESTDIR)$(PREFIX)/%) \
	    $(DOCUMENTS:%=$(DESTDIR)$(PREFIX)/share/doc/dagsform/%)
	for folder in share/dagsform share/doc/dagsform; do \
	    [ ! -d $(DESTDIR)$(PREFIX)/$$folder ] || \
	        find $(DESTDIR)$(PREFIX)/$$folder -depth -type d -empty -delete; done

# The same bytes from the same commit, whoever makes it and when.
dist: ## dist/dagsform-$(VERSION).tar.gz of the last commit, with its checksum
	@git rev-parse --verify -q HEAD >/dev/null 2>&1 || \
	    { echo 'make dist packs a commit, and this folder has no repository.' >&2; exit 1; }
	@git diff --quiet HEAD || echo 'What is not committed is not packed.' >&2
	@mkdir -p dist
	git archive --format=tar --prefix=dagsform-$(VERSION)/ HEAD | gzip -9n >dist/dagsform-$(VERSION).tar.gz
	cd dist && sha256sum dagsform-$(VERSION).tar.gz >dagsform-$(VERSION).tar.gz.sha256

sbom: | parts ## dist/dagsform-$(VERSION).spdx: its parts with versions and licences, as SPDX
	@mkdir -p dist
	sh tools/sbom.sh $(VERSION) >dist/dagsform-$(VERSION).spdx

clean: ## remove build/ and dist/
	rm -rf $(B) dist

# --- texts -------------------------------------------------------------------------------------
po: $(B)/dagsform.pot ## bring po/*.po up to the texts in the source
	@for catalogue in $(CATALOGUES); do \
	    msgmerge --quiet --update --backup=none --no-wrap --add-location=file --no-fuzzy-matching \
	        $$catalogue $< || exit 1; \
	    printf '%s: ' $$catalogue; LC_ALL=C msgfmt --statistics -o /dev/null $$catalogue 2>&1; done
$(B)/dagsform.pot: FORCE
	@mkdir -p $(@D)
	@sh tools/pot.sh $@

readme: ## put the screen as the tests drew it into README.md and README.sv.md
	@sh tools/readme-screens.sh

graph: $(EVERYTHING) $(B)/src/main.o ## show which file needs which, in words and as a picture
	@sh tools/graph.sh $(B)

format: ## lay out every C file by .clang-format
	clang-format -i $(shell find src ui tests tools -name '*.[ch]')

# --- tests -------------------------------------------------------------------------------------
# tests/unit/FLOOR/*.c and tests/fuzz/FLOOR/*.c link that floor and those below it; fault: all but the
# screen; screen and bench: everything. A harness*.c is shared by its folder's programs and is none.
HARNESSES   := $(wildcard tests/*/harness*.c tests/unit/*/harness*.c)
programs_of = $(patsubst %.c,$(B)/%,$(filter-out $(HARNESSES),$(sort $(wildcard $(1)))))
harness_of  = $(patsubst %.c,$(B)/%.o,$(filter $(1)/%,$(HARNESSES)))
UNIT_TESTS   := $(call programs_of,tests/unit/*/*.c)
FAULT_TESTS  := $(call programs_of,tests/fault/*.c)
SCREEN_TESTS := $(call programs_of,tests/screen/*.c)
CLI_TESTS    := $(sort $(wildcard tests/cli/*.sh))
BENCHES      := $(call programs_of,tests/bench/*.c tests/bench/peer/*.c)
POSTGRES_TESTS := $(call programs_of,tests/postgres/*.c)
FUZZERS      := $(call programs_of,tests/fuzz/*/*.c)
# `make check` runs each unit and fault test once, as clang builds it under the sanitizers. Not those
# that start a program hundreds of times to kill it or have it race, nor the one that opens a thousand
# disks: what they run is run by the others too, and a killed program tells of no leak.
KILL_TESTS := $(filter $(addprefix %/,backup_kill crowd home_kill merge_kill rekey_kill retention_kill revoke_kill revoke_race walk_kill power_loss),$(FAULT_TESTS))
SAN_TESTS  := $(UNIT_TESTS) $(filter-out $(KILL_TESTS),$(FAULT_TESTS))
# Under Valgrind: programs of the floors that hold keys, files and rows, for what the sanitizers do not
# see: the use of what was never written. They see all else in every program, so those that go the same
# ways over and over, or start programs of their own, are not run here.
VALGRIND_TESTS := $(filter-out $(addprefix %/,base/confine base/secret vault/own_file vault/vault_damage vault/vault_faults vault/tries \
    db/guard db/indexes db/migrate db/schema db/upkeep form/flow_random form/form_guides form/form_shipped),\
    $(foreach f,base vault db form,$(filter $(B)/tests/unit/$(f)/%,$(UNIT_TESTS))))

# Every statement that a test of these floors runs is noted, for tests/postgres. $(1): floors
record_of = $(if $(filter db,$(1)),$(B)/tests/record.o) $(if $(filter care,$(1)),$(B)/tests/record_commit.o $(B)/tests/as_person.o)
record = $(if $(filter %/record.o,$^),$(WRAP_DB)) $(if $(filter %/record_commit.o,$^),$(WRAP_COMMIT) $(WRAP_OPEN))
WRAP_DB := $(foreach f,query run run_later get_int get_text,-Wl,--wrap=db_$(f))
WRAP_COMMIT := -Wl,--wrap=commit_and_make_sure
WRAP_OPEN := -Wl,--wrap=session_open,--wrap=session_create
# There are hundreds of them: a quick linker saves a minute of `make check`.
QUICK_LINK := $(if $(shell command -v mold 2>/dev/null),-fuse-ld=mold)
link_test = $(call short,link,$@)$(CC) $(ALL_LDFLAGS) $(QUICK_LINK) $(record) -o $@ $(filter %.o %.a,$^) $(PKG_LIBS) $(TEST_LIBS)
below = $(if $(filter $(1),$(firstword $(2))),$(2),$(if $(2),$(call below,$(1),$(wordlist 2,99,$(2)))))
archives_of = $(patsubst %,$(B)/lib%.a,$(call below,$(1),ui $(FLOORS)))
# The others are run long.
TEST_OBJECTS := $(foreach f,unit fault screen postgres units,$(B)/tests/$(f)/%.o)
$(TEST_OBJECTS) $(B)/tests/common.h.gch: private ALL_CFLAGS += $(TEST_CFLAGS)
$(TEST_OBJECTS): private common = $(lastword $(COMMON))
parted_of = $(PARTED) $(if $(filter db,$(call below,$(1),ui $(FLOORS))),$(ON_SERVER))
unit_parts = $(call parted_of,$(1)) $(call record_of,$(call below,$(1),ui $(FLOORS))) $(call archives_of,$(1))
define unit_rule
$(B)/tests/unit/$(1)/%: $(B)/tests/unit/$(1)/%.o $(call unit_parts,$(1))
	$$(link_test)
endef
# A program costs most to link and to start under Valgrind and the sanitizers: there the tests of a folder
# are one, and a test is a name of it. Not where tests put functions of their own in the place of the
# program's.
TOGETHER := base db form $(if $(SANITIZE),care stats exchange)
unit_tests_of = $(filter $(B)/tests/unit/$(1)/%,$(UNIT_TESTS))
define together_rule
$(B)/tests/unit/$(1)/%.o: private renamed = && objcopy --redefine-sym main=main_$$(*F) $$@
$(B)/tests/unit/$(1)/together.o: tests/together.c $(B)/tests/unit/$(1)/together.list $(B)/flags
	$$(compile) '-DTESTS(T)=$(patsubst %,T(%),$(notdir $(call unit_tests_of,$(1))))' -c -o $$@ $$<
$(B)/tests/unit/$(1)/together: $(B)/tests/unit/$(1)/together.o $(addsuffix .o,$(call unit_tests_of,$(1))) \
        $(call unit_parts,$(1))
	$$(link_test)
$(call unit_tests_of,$(1)): $(B)/tests/unit/$(1)/together
	@ln -sf together $$@
endef
$(B)/tests/unit/%/together.list: export TEXT = $(call unit_tests_of,$*)
$(B)/tests/unit/%/together.list: FORCE
	@$(write_if_new)
define fuzz_rule
$(B)/tests/fuzz/$(1)/%: $(B)/tests/fuzz/$(1)/%.o $(call harness_of,tests/fuzz) $(call parted_of,$(1)) $(call archives_of,$(1))
	$$(link_test) -fsanitize=fuzzer
endef
$(foreach f,ui $(FLOORS),$(eval $(call $(if $(filter $(f),$(TOGETHER)),together,unit)_rule,$(f))))
$(foreach f,ui $(FLOORS),$(eval $(call fuzz_rule,$(f))))
$(B)/tests/fault/%: $(B)/tests/fault/%.o $(call harness_of,tests/fault) $(PARTED) $(ON_SERVER) $(ARCHIVES)
	$(link_test)
$(B)/tests/screen/%: $(B)/tests/screen/%.o $(call harness_of,tests/screen) $(PARTED) $(ON_SERVER) $(EVERYTHING)
	$(link_test)
$(B)/tests/bench/%: $(B)/tests/bench/%.o $(call harness_of,tests/bench) \
                    $(call harness_of,tests/screen) $(PARTED) $(ON_SERVER) $(EVERYTHING)
	$(link_test)
$(addprefix $(B)/tests/bench/server_,import people rights): $(B)/tests/as_person.o
$(addprefix $(B)/tests/bench/server_,import people rights): private record = $(WRAP_OPEN)
$(B)/tests/bench/peer/%: $(B)/tests/bench/peer/%.o
	$(call short,link,$@)$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)
$(B)/tests/postgres/%: $(B)/tests/postgres/%.o $(ARCHIVES)
	$(link_test)
$(B)/tests/units/%: $(B)/tests/units/%.o $(PARTED) $(ON_SERVER) $(ARCHIVES)
	$(link_test)

tests-unit: $(B)/tests/dagsform $(UNIT_TESTS) $(FAULT_TESTS) $(POSTGRES_TESTS) data
tests-san: $(filter-out %.1,$(DATA)) $(SAN_TESTS)
tests-fuzz: $(FUZZERS)
# What is not made in $(B)/san.
tests-here: all $(B)/tests/dagsform $(B)/tests/dagsform-clock $(KILL_TESTS) $(VALGRIND_TESTS) $(POSTGRES_TESTS) $(SCREEN_TESTS) \
            $(B)/tests/units/rows $(B)/tests/units/work $(B)/tests/units/unmark
tests-all: tests-here tests-unit

# One line a test for tests/run: its name, a tab, its command.
define newline


endef
tab := $(shell printf '\t')
line = $(1)$(tab)$(2)$(newline)
# $(1): what the name begins with, $(2): the programs, $(3): what runs them
lines = $(foreach p,$(2),$(call line,$(1)$(p:$(B)/tests/%=%),$(3) $(p)))
HOUSE_LINES    = $(call line,house,env B=$(B) bash tests/house.sh)
UNIT_LINES     = $(call lines,,$(UNIT_TESTS))
FAULT_LINES    = $(call lines,,$(FAULT_TESTS))
KILL_LINES     = $(call lines,,$(KILL_TESTS))
SCREEN_LINES   = $(call lines,,$(filter-out $(SIGN_IN_SCREEN),$(SCREEN_TESTS)))
CLI_LINES      = $(foreach t,$(CLI_TESTS),$(call line,$(t:tests/%.sh=%),bash $(t)))
# The same tests with their units on a server. What is about files alone is not run there.
NOT_ON_SERVER := $(addprefix care/,backup client_tables old_page restore) cmd/check cmd/released exchange/demo
# As the persons who sign in, whom the server's policies bind (tests/as_person.c); not those that change rows past the
# program, lay a trigger, take home a log of another's, or look for the masked line of a protected client, whose card a
# server does not show at all; nor access, staff and session, which change the key as of a file: a server's is the owner's to change.
NOT_AS_PERSON := $(addprefix care/,access at_risk audit audit_carry audit_epoch call client_guard client_own client_protected completion \
    consent decision group homecoming homecoming_conflicts laptop log_review out placement repair response_closed response_end response_held response_open retention task \
    retention_delete session staff standing summary visit_behind) $(addprefix exchange/,client_import decision_import export visit_guarded)
# $(1): where they are
unit_on_server = $(patsubst $(B)/%,$(1)/%,$(filter-out $(NOT_ON_SERVER:%=$(B)/tests/unit/%),\
    $(foreach f,care cmd exchange,$(filter $(B)/tests/unit/$(f)/%,$(UNIT_TESTS)))))
# So many at one server, called by the first of them. $(1): what the name begins with, $(2): the programs, $(3): a setting
at_servers = $(if $(2),$(call line,postgres/$(1)$(notdir $(firstword $(2))),$(3) bash tests/postgres/run bash tests/postgres/units \
    $(wordlist 1,12,$(2)))$(call at_servers,$(1),$(wordlist 13,999,$(2)),$(3)))
at_a_server = $(foreach p,$(1),$(call line,$(p:$(B)/tests/%=postgres/%),bash tests/postgres/run bash tests/postgres/units $(p)))
# $(1): where the unit tests are
server_lines = $(call at_servers,as_person/,$(filter-out $(NOT_AS_PERSON:%=$(1)/tests/unit/%),$(call unit_on_server,$(1))),DAGSFORM_TEST_AS_PERSON=1) \
    $(call at_servers,unit/,$(filter $(NOT_AS_PERSON:%=$(1)/tests/unit/%),$(call unit_on_server,$(1)))) \
    $(call at_a_server,$(addprefix $(B)/tests/fault/,crowd home_kill merge_kill retention_kill revoke_kill walk_kill)) \
    $(call at_a_server,$(filter-out $(SIGN_IN_SCREEN) $(B)/tests/screen/walk_full,$(SCREEN_TESTS)))
SERVER_LINES = $(call server_lines,$(B))
SERVER_SAN_LINES = $(call server_lines,$(B)/san)
# After the unit tests, whose statements they prepare.
POSTGRES_LINES = $(call line,--)$(call lines,,$(POSTGRES_TESTS),bash tests/postgres/run)
# People who sign in at a server of their unit.
SIGN_IN_SCREEN := $(B)/tests/screen/own_server
SIGN_IN_LINES  = $(call line,postgres/sign_in,env SIGN_IN=1 bash tests/postgres/run bash tests/postgres/sign_in.sh) \
    $(call line,postgres/carry,env SIGN_IN=1 bash tests/postgres/run bash tests/postgres/carry.sh) \
    $(call line,postgres/sealed,env SIGN_IN=1 bash tests/postgres/run bash tests/postgres/sealed.sh) \
    $(call line,postgres/rekey,env SIGN_IN=1 bash tests/postgres/run bash tests/postgres/rekey.sh) \
    $(call line,postgres/hidden,env SIGN_IN=1 bash tests/postgres/run bash tests/postgres/hidden.sh) \
    $(call line,screen/own_server,env SIGN_IN=1 bash tests/postgres/run $(SIGN_IN_SCREEN))
# What `make faults` also has for long.
SERVER_FAULT_LINES = $(foreach t,failover lost,$(call line,fault/$(t),bash tests/postgres/run $(B)/tests/postgres/$(t))) \
    $(call line,fault/crowd_on_server,bash tests/postgres/run bash tests/postgres/units $(B)/tests/fault/crowd)
INSTALL_LINES  = $(foreach t,install hardened,$(call line,$(t),bash tests/install/$(t).sh))
# Those of a folder in one go: starting is half of it.
valgrind_of = $(filter $(B)/tests/unit/$(1)/%,$(VALGRIND_TESTS))
VALGRIND_LINES = $(foreach f,base db form,$(call line,valgrind/unit/$(f),\
    bash tests/run-valgrind $(B)/tests/unit/$(f)/together $(notdir $(call valgrind_of,$(f))))) \
    $(call lines,valgrind/,$(call valgrind_of,vault),bash tests/run-valgrind)
FUZZ_LINES     = $(foreach f,$(FUZZERS),$(call line,$(f:$(B)/tests/%=%),bash tests/run-fuzz $(f:$(B)/%=$(B)/san/%)))
SAN_LINES      = $(foreach f,$(SAN_TESTS),$(call line,san/$(f:$(B)/tests/%=%),$(f:$(B)/%=$(B)/san/%)))

# A test that calls make again must find the same flags, or everything would be built anew.
TEST_ENVIRONMENT = B='$(B)' JOBS=$(JOBS) PREFIX='$(PREFIX)' CC='$(CC)' CFLAGS='$(CFLAGS)' \
                   LDFLAGS='$(LDFLAGS)' SAN='$(SAN)' WERROR='$(WERROR)' PCH='$(PCH)'
# run_lines: hands tests/run the lines named in $(1).
run_lines = mkdir -p $(B)/logs/$@$(file >$(B)/$@.list,$(foreach l,$(1),$($(l)))) && \
    $(TEST_ENVIRONMENT) LOGS=$(B)/logs/$@ bash tests/run $(B)/$@.list

# The unit and fault tests from another compiler and under the sanitizers, and the fuzz targets from
# the same objects.
san-twin:
	@if echo 'int LLVMFuzzerTestOneInput(const char *data, long size) { return !data && size; }' | \
	    clang -fsanitize=fuzzer -x c -o /dev/null - 2>/dev/null; then \
	    $(MAKE) --no-print-directory B=$(B)/san CC=clang CFLAGS='$(SAN_CFLAGS)' SAN= FUZZ=1 PCH=1 \
	        tests-san tests-fuzz; \
	else \
	    echo 'clang has no libFuzzer here: the fuzz targets are skipped.'; \
	    $(MAKE) --no-print-directory B=$(B)/san CFLAGS='$(SAN_CFLAGS)' SAN=1 FUZZ= tests-san; \
	fi

check: ## install what is missing, build, and run every test
	@sh tools/deps.sh check
	@$(AGAIN) check-all
# The long ones first and the short ones last, so that all processors end together.
check-all: tests-here san-twin
	@$(call run_lines,SERVER_SAN_LINES SIGN_IN_LINES SCREEN_LINES CLI_LINES SAN_LINES FUZZ_LINES KILL_LINES INSTALL_LINES HOUSE_LINES \
	    VALGRIND_LINES POSTGRES_LINES)

# Parts of it, for the one who is at work.
unit: tests-unit ## check in parts: unit and fault tests alone
	@$(call run_lines,UNIT_LINES FAULT_LINES POSTGRES_LINES)
server: tests-unit all $(B)/tests/dagsform $(SCREEN_TESTS) ## ... tests with their units on a server alone
	@$(call run_lines,SERVER_LINES SIGN_IN_LINES)
screens: tests-here ## ... screen tests alone
	@$(call run_lines,SCREEN_LINES)
cli: tests-here ## ... command line and installation alone
	@$(call run_lines,CLI_LINES INSTALL_LINES)
house: $(EVERYTHING) $(B)/src/main.o ## ... the rules of the house alone
	@$(call run_lines,HOUSE_LINES)
asan: data san-twin ## ... unit and fault tests as clang builds them, under ASan and UBSan
	@$(call run_lines,SAN_LINES)
# FUZZ_SECONDS=900: each target for so long of a processor's time, with figures.
fuzz: data san-twin ## ... every parser, fuzzed for a short while (or FUZZ_SECONDS= each)
	@DAGSFORM_FUZZ_SECONDS=$(FUZZ_SECONDS); export DAGSFORM_FUZZ_SECONDS; \
	    $(if $(FUZZ_SECONDS),DAGSFORM_TEST_SECONDS=0; export DAGSFORM_TEST_SECONDS;) $(call run_lines,FUZZ_LINES)
faults: tests-unit ## ... ten thousand faults and power losses, a thousand kills
	@DAGSFORM_TEST_ALL=1 DAGSFORM_TEST_SECONDS=7200; export DAGSFORM_TEST_ALL DAGSFORM_TEST_SECONDS; \
	    $(call run_lines,FAULT_LINES SERVER_FAULT_LINES) && cat $(B)/logs/faults/fault/*.log | grep '^# [0-9]'
# FIGURES=FOLDER: of fuzzing, what was run elsewhere (its fuzz/TARGET).
figures: ## put what the last faults and fuzz FUZZ_SECONDS= tried into doc/security.md
	@sh tools/figures.sh $(B) doc/security.md $(FIGURES)
valgrind: tests-unit ## ... programs of the lower floors under Valgrind
	@$(call run_lines,VALGRIND_LINES)

bench: ## measure beside the bare engine and print the ratios
	@sh tools/deps.sh check
	@sh tools/deps.sh bench
	@$(AGAIN) bench-all
bench-all: all $(B)/tests/dagsform $(BENCHES)
	@B=$(abspath $(B)) DAGSFORM=$(abspath $(B)/tests/dagsform) bash tests/bench/run

help: ## this list
	@echo 'make [target]   with PREFIX=, DESTDIR=, B= (build folder), CC=, CFLAGS=, SAN=1, WERROR=, V=1'
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1\t\2/p' Makefile | while IFS='	' read -r target text; do \
	    printf '  %-10s %s\n' "$$target" "$$text"; done

FORCE:
.PHONY: all data parts run deps install uninstall dist sbom clean po readme graph format tests-unit tests-san \
        tests-fuzz tests-here tests-all san-twin check check-all unit server screens cli house asan \
        fuzz faults figures valgrind bench bench-all help FORCE
-include $(shell find $(B)/src $(B)/ui $(B)/tools $(B)/tests -name '*.d' 2>/dev/null)
