/* SPDX-License-Identifier: GPL-3.0-or-later */
/* bench_machine: what the numbers below were measured on. */
#include "bench/bench.h"

#include "model/kernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* The value of the first line of file that begins with key; else what is. */
static void find_line(const char *file, const char *key, char *out, size_t size)
{
	FILE *f = fopen(file, "r");
	char line[512], *value;

	while (f && fgets(line, sizeof(line), f)) {
		if (strncmp(line, key, strlen(key)) != 0)
			continue;
		value = strchr(line, ':');
		value = value ? value + 1 : line;
		value += strspn(value, " \t");
		value[strcspn(value, "\n")] = '\0';
		snprintf(out, size, "%s", value);
		break;
	}
	if (f)
		fclose(f);
}

int bench_machine(struct bench *b)
{
	struct utsname system;
	char processor[256] = "", memory[64] = "0", gib[32];

	find_line("/proc/cpuinfo", "model name", processor, sizeof(processor));
	if (!processor[0]) /* a Raspberry Pi says what board it is */
		find_line("/proc/cpuinfo", "Model", processor,
			  sizeof(processor));
	find_line("/proc/meminfo", "MemTotal", memory, sizeof(memory));
	uname(&system);
	bench_text(b, processor[0] ? processor : "unknown", "processor");
	bench_text(b, system.machine, "architecture");
	bench_row(b, (double)sysconf(_SC_NPROCESSORS_ONLN), "", BENCH_NONE,
		  "cores");
	snprintf(gib, sizeof(gib), "%.1f GiB", atof(memory) / 1048576);
	bench_text(b, gib, "memory");
	bench_text(b, kernels_choice(0)->name, "loops of the networks");
	return 0;
}
