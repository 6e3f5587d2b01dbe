/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unit: what every unit test includes first: cmocka, as it wants it. */
#ifndef MIEN_TESTS_UNIT_H
#define MIEN_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#endif
