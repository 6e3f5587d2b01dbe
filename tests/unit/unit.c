/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

int unit_remove(const char *folder)
{
	char command[160];

	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return system(command);
}
