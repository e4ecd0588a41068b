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
CFLAGS  ?= -O2 -g
# SAN=1: address and undefined-behaviour sanitizers.
SAN     ?=

PACKAGES := glib-2.0 sqlcipher libsodium ncursesw icu-uc icu-i18n libcyaml libical json-glib-1.0
TEST_PACKAGES := cmocka vterm

ifeq ($(origin CC),default)
CC := gcc
endif

WARNINGS := -Wall -Wextra -Werror -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wwrite-strings -Wvla -Wformat=2 -Wno-format-nonliteral
HARDEN   := -fstack-protector-strong -fPIE -D_FORTIFY_SOURCE=2
ifneq ($(SAN),)
HARDEN   := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
endif
DEFINES  := -D_GNU_SOURCE -DSQLITE_HAS_CODEC -DNCURSES_WIDECHAR=1 -DG_LOG_DOMAIN='"dagsform"' \
            -DDAGSFORM_VERSION='"$(VERSION)"' -DDAGSFORM_PREFIX='"$(PREFIX)"'
PKG_CFLAGS := $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
PKG_LIBS   := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null)
TEST_LIBS  := $(shell pkg-config --libs $(TEST_PACKAGES) 2>/dev/null) -lutil
ALL_CFLAGS := -std=c17 $(WARNINGS) $(HARDEN) $(CFLAGS) $(DEFINES) -Isrc -I. -I$(B) $(PKG_CFLAGS)
ALL_LDFLAGS := -pie -Wl,-z,relro,-z,now -Wl,--as-needed $(if $(SAN),$(HARDEN)) $(LDFLAGS)

# The floors, ground last: each may use what stands after it.
FLOORS := cmd exchange stats care form db vault base
ARCHIVES := $(FLOORS:%=$(B)/lib%.a)
UI_SOURCES := $(wildcard ui/*.c ui/*/*.c)
UI_OBJECTS := $(UI_SOURCES:%.c=$(B)/%.o)

all: $(B)/bin/dagsform data

$(B)/bin/dagsform: $(B)/src/main.o $(B)/libui.a $(ARCHIVES)
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(PKG_LIBS)

define floor_rule
$(B)/lib$(1).a: $$(patsubst %.c,$(B)/%.o,$$(wildcard src/$(1)/*.c))
endef
$(foreach f,$(FLOORS),$(eval $(call floor_rule,$(f))))
$(B)/libui.a: $(UI_OBJECTS)
$(B)/lib%.a:
	@mkdir -p $(@D)
	@rm -f $@
	$(AR) rcs $@ $^

# A change of compiler or flags rebuilds everything.
$(B)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' | cmp -s - $@ || echo '$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS)' >$@

$(B)/%.o: %.c $(B)/flags
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The schema is compiled in: one C array of (number, name, text).
$(B)/schema.inc: $(sort $(wildcard src/db/schema/*.sql)) tools/embed-schema.sh
	@mkdir -p $(@D)
	sh tools/embed-schema.sh src/db/schema >$@
$(B)/src/db/migrate.o: $(B)/schema.inc

# --- data: forms and translations, laid as they are installed ---------------------------------
LANGUAGES := sv en fi
FORMS := $(wildcard forms/*.yaml)
data: $(FORMS:forms/%=$(B)/share/dagsform/forms/%) \
      $(foreach l,$(LANGUAGES),$(B)/share/locale/$(l)/LC_MESSAGES/dagsform.mo)
$(B)/share/dagsform/forms/%: forms/%
	@mkdir -p $(@D)
	cp $< $@
$(B)/share/locale/%/LC_MESSAGES/dagsform.mo: po/%.po
	@mkdir -p $(@D)
	msgfmt --check-format -o $@ $<

# --- tests -------------------------------------------------------------------------------------
# tests/unit/FLOOR/*.c links that floor and those below it; ui also everything.
UNIT_TESTS := $(patsubst tests/unit/%.c,$(B)/tests/unit/%,$(wildcard tests/unit/*/*.c))
below = $(if $(filter $(1),$(firstword $(2))),$(2),$(if $(2),$(call below,$(1),$(wordlist 2,99,$(2)))))
define unit_rule
$(B)/tests/unit/$(1)/%: $(B)/tests/unit/$(1)/%.o $(patsubst %,$(B)/lib%.a,$(call below,$(1),ui $(FLOORS)))
	$$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(PKG_LIBS) $$(TEST_LIBS)
endef
$(foreach f,ui $(FLOORS),$(eval $(call unit_rule,$(f))))
.PRECIOUS: $(B)/%.o
.SECONDARY:

unit: $(UNIT_TESTS) data

clean:
	rm -rf $(B)

FORCE:
.PHONY: all data unit clean FORCE
-include $(shell find $(B) -name '*.d' 2>/dev/null)
