/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unit: what every unit test includes first: cmocka, as it wants it; and what
 * several tests do alike. */
#ifndef MIEN_TESTS_UNIT_H
#define MIEN_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Removes a folder that the test made, with all in it. 0: done. */
int unit_remove(const char *folder);

#endif
