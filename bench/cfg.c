/* SPDX-License-Identifier: GPL-3.0-or-later */
/* cfg: read by the model's own reader, and counted. */
#include "bench/cfg.h"

#include "model/check.h"

#include <stdio.h>
#include <stdlib.h>

#define MAX_CFG ((size_t)1 << 20)

enum status cfg_read(struct netcfg *out, const char *folder, const char *name,
		     struct fault *fault)
{
	char file[128], *text;
	size_t length;
	enum status st;

	snprintf(file, sizeof(file), "%s.cfg", name);
	st = check_read(folder, file, MAX_CFG, &text, &length, fault);
	if (st)
		return st;
	st = netcfg_parse(out, text, length, file, fault);
	free(text);
	return st;
}

double cfg_layer_multiply_adds(const struct netcfg_layer *l)
{
	if (l->kind == NETCFG_CONV)
		return (double)l->weights * l->out.height * l->out.width;
	return l->kind == NETCFG_CONNECTED ? (double)l->weights : 0;
}

double cfg_multiply_adds(const struct netcfg *cfg)
{
	double sum = 0;

	for (int i = 0; i < cfg->count; i++)
		sum += cfg_layer_multiply_adds(&cfg->layers[i]);
	return sum;
}
