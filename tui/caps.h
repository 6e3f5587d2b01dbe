/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * caps: what this terminal can show, decided once. Pure: the facts come in,
 * the decision goes out.
 */
#ifndef MIEN_TUI_CAPS_H
#define MIEN_TUI_CAPS_H

#include <stdbool.h>

enum preview_mode {
	PREVIEW_HALF,  /* two greys a cell, upper half block */
	PREVIEW_ASCII, /* ten characters from dark to light */
	PREVIEW_OFF,
	PREVIEW_MODES
};

enum caps_glyphs {
	GLYPHS_ASCII, /* a locale that is not UTF-8 */
	GLYPHS_LINES, /* the Linux console: lines and letters, few blocks */
	GLYPHS_FULL
};

enum caps_refusal { CAPS_FIT, CAPS_NOT_A_TTY, CAPS_DUMB };

/* Texts may be NULL where the variable is unset. */
struct caps_facts {
	const char *term, *no_color, *codeset;
	int colors, pairs;     /* terminfo's, -1 where it has none */
	bool is_tty, can_move; /* both ends; the cursor can be addressed */
	bool mono_wished;      /* configuration: no colours please */
	bool has_wish;         /* --preview or the configuration names one */
	enum preview_mode wish;
};

struct caps {
	enum caps_refusal refusal;
	enum caps_glyphs glyphs;
	int colors;                /* 0 (bold and reverse only), 8 or 256 */
	bool modes[PREVIEW_MODES]; /* which of them can be shown here */
	enum preview_mode preview; /* the one to begin with */
};

struct caps caps_decide(const struct caps_facts *facts);

/* "auto", or one of the modes; false when it is none of them. */
bool caps_preview_from_name(const char *name, bool *has_wish,
			    enum preview_mode *mode);
const char *caps_preview_name(enum preview_mode mode);

/* The next mode that can be shown here. */
enum preview_mode caps_preview_next(const struct caps *caps,
				    enum preview_mode mode);

/* Why the dashboard cannot be shown, and what to do; "" for CAPS_FIT. */
const char *caps_refusal_text(enum caps_refusal refusal);

#endif
