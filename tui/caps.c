/* SPDX-License-Identifier: GPL-3.0-or-later */
/* caps: the ladder from a dumb terminal to 256 colours and UTF-8. */
#include "tui/caps.h"

#include <string.h>
#include <strings.h>

/* The half block uses a colour pair for each two of 24 greys, and boxes over
 * them: 256 colours without so many pairs cannot show it. */
#define PAIRS_FOR_HALF 1024

static const char *const mode_names[PREVIEW_MODES] = {
	[PREVIEW_HALF] = "half",
	[PREVIEW_ASCII] = "ascii",
	[PREVIEW_OFF] = "off",
};

static bool is(const char *value, const char *name)
{
	return value && !strcmp(value, name);
}

static bool is_utf8(const char *codeset)
{
	return codeset &&
	       (!strcasecmp(codeset, "UTF-8") || !strcasecmp(codeset, "UTF8"));
}

static enum caps_refusal refuse(const struct caps_facts *facts)
{
	if (!facts->is_tty)
		return CAPS_NOT_A_TTY;
	if (!facts->term || !facts->term[0] || is(facts->term, "dumb") ||
	    !facts->can_move)
		return CAPS_DUMB;
	return CAPS_FIT;
}

/* https://no-color.org: set and not empty. */
static int count_colors(const struct caps_facts *facts)
{
	if ((facts->no_color && facts->no_color[0]) || facts->mono_wished ||
	    facts->colors < 8)
		return 0;
	return facts->colors >= 256 ? 256 : 8;
}

struct caps caps_decide(const struct caps_facts *facts)
{
	struct caps caps = {.refusal = refuse(facts)};

	caps.glyphs = !is_utf8(facts->codeset)   ? GLYPHS_ASCII
		      : is(facts->term, "linux") ? GLYPHS_LINES
						 : GLYPHS_FULL;
	caps.colors = count_colors(facts);
	caps.modes[PREVIEW_OFF] = caps.modes[PREVIEW_ASCII] = true;
	caps.modes[PREVIEW_HALF] = caps.glyphs == GLYPHS_FULL &&
				   caps.colors == 256 &&
				   facts->pairs >= PAIRS_FOR_HALF;
	caps.preview = facts->has_wish ? facts->wish : PREVIEW_HALF;
	if (!caps.modes[caps.preview])
		caps.preview = PREVIEW_ASCII;
	return caps;
}

bool caps_preview_from_name(const char *name, bool *has_wish,
			    enum preview_mode *mode)
{
	*has_wish = false;
	if (is(name, "auto"))
		return true;
	for (int i = 0; i < PREVIEW_MODES; i++)
		if (is(name, mode_names[i])) {
			*has_wish = true;
			*mode = (enum preview_mode)i;
		}
	return *has_wish;
}

const char *caps_preview_name(enum preview_mode mode)
{
	return (unsigned)mode < PREVIEW_MODES ? mode_names[mode] : "unknown";
}

enum preview_mode caps_preview_next(const struct caps *caps,
				    enum preview_mode mode)
{
	do {
		mode = (enum preview_mode)((mode + 1) % PREVIEW_MODES);
	} while (!caps->modes[mode]);
	return mode;
}

const char *caps_refusal_text(enum caps_refusal refusal)
{
	switch (refusal) {
	case CAPS_NOT_A_TTY:
		return "The dashboard needs a terminal, and standard output is "
		       "none; \"mien look --json\" writes readings to a file "
		       "or a pipe.";
	case CAPS_DUMB:
		return "This terminal (TERM) cannot place text on the screen; "
		       "use another, or \"mien look --json\".";
	case CAPS_FIT: break;
	}
	return "";
}
