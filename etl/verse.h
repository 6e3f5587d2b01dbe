/* SPDX-License-Identifier: GPL-3.0-or-later */
/* verse: the words of a song as clean lines. They stay in memory. Pure. */
#ifndef MIEN_ETL_VERSE_H
#define MIEN_ETL_VERSE_H

#include <stdbool.h>

#define VERSE_BYTES 65536 /* the longest songs have some 20,000 */

/*
 * A copy for free() of the lines of text: each clean (text_clean) and without
 * blanks at its ends, no empty lines at both ends of all, at most VERSE_BYTES.
 * stamped: LRC; its stamps ("[01:02.34]", "<01:02.34>") and tags ("[ar:...]")
 * are left out. NULL: no memory.
 */
char *verse_lines(const char *text, bool stamped);

/* Seconds of the last line's stamp; 0: there is none. */
double verse_end(const char *text);

#endif
