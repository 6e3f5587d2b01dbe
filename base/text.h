/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text: what comes from outside is made valid UTF-8 without control bytes
 * once, here, where it enters; and what goes to a screen is measured in
 * columns here.
 */
#ifndef MIEN_BASE_TEXT_H
#define MIEN_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Copies at most length bytes of src (stopping at a NUL) to dst: valid UTF-8,
 * bad bytes as U+FFFD; controls, escapes, bidi overrides and other invisible
 * format characters dropped, line ends and tabs as a space; at most 4
 * combining marks a base; never cut inside a character; always terminated.
 * Returns the bytes written without the NUL. size > 0.
 */
size_t text_clean_n(char *dst, size_t size, const char *src, size_t length);
size_t text_clean(char *dst, size_t size, const char *src);

/* Columns that s (clean) takes on a terminal. */
int text_width(const char *s);

/*
 * The character that *s (clean) stands on, and *s moved behind it; 0 at the
 * end. *width (may be NULL): its columns, 0 for a mark on the one before.
 */
uint32_t text_next(const char **s, int *width);

/*
 * The longest head of s (clean) that fits in columns, with an ellipsis in
 * place of what was cut ("~" where the screen is not UTF-8: ascii), padded
 * with spaces to exactly columns. dst is terminated. Returns dst.
 */
char *text_fit(char *dst, size_t size, const char *s, int columns, bool ascii);

/*
 * A key for comparing names: NFKC, case folded, marks stripped, punctuation
 * and runs of space to one space, "feat. ..." and bracketed remaster notes
 * dropped. Returns bytes written. Equal keys mean the same artist or title.
 */
size_t text_key(char *dst, size_t size, const char *s);

/* Copies as is, cut at a character, terminated: for text already clean. */
size_t text_copy(char *dst, size_t size, const char *src);

#endif
