/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a network description may say; and that Darknet survives whatever is
 * let through.
 */
#include "tests/unit/unit.h"

#include "base/rng.h"
#include "model/darknet.h"
#include "model/weights.h"

#include <stdio.h>
#include <stdlib.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#else
#define __lsan_disable()
#define __lsan_enable()
#endif

#define NET     "[net]\nwidth=8\nheight=6\nchannels=4\n"
#define CONV    "[convolutional]\nfilters=4\nsize=3\npad=1\nactivation=leaky\n"
#define MUTANTS 1500

static enum status parse(const char *text, struct fault *fault)
{
	static struct netcfg cfg;

	return netcfg_parse(&cfg, text, strlen(text), "x.cfg", fault);
}

static void refuses(void **state)
{
	static const struct {
		const char *text;
		enum status status;
		unsigned line;
		const char *word; /* that the sentence must hold */
	} cases[] = {
		{"", STATUS_BAD_DATA, 0, "no layer"},
		{NET, STATUS_BAD_DATA, 0, "no layer"},
		{CONV, STATUS_BAD_DATA, 1, "[net]"},
		{"width=3\n", STATUS_BAD_DATA, 1, "width=3"},
		{NET NET CONV, STATUS_BAD_DATA, 5, "[net]"},
		{"[net]\nwidth=8\nheight=6\n" CONV, STATUS_BAD_DATA, 1,
		 "channels"},
		{NET "batch=2\n" CONV, STATUS_BAD_DATA, 5, "batch"},
		{NET "hue=1\n" CONV, STATUS_UNSUPPORTED, 5, "hue"},
		{NET "[convolutional\n", STATUS_BAD_DATA, 5, "]"},
		{NET "[yolo]\n", STATUS_UNSUPPORTED, 5, "[yolo]"},
		{NET "[]\n", STATUS_UNSUPPORTED, 5, "[]"},
		{NET "[convolutional]\nsize=3\n", STATUS_BAD_DATA, 5,
		 "filters"},
		{NET CONV "activation=mish\n", STATUS_UNSUPPORTED, 10, "mish"},
		{NET CONV "filters=0\n", STATUS_BAD_DATA, 10, "filters=0"},
		{NET CONV "filters=9999999999\n", STATUS_BAD_DATA, 10,
		 "whole number"},
		{NET CONV "filters=4x\n", STATUS_BAD_DATA, 10, "4x"},
		{NET CONV "filters=\n", STATUS_BAD_DATA, 10, "filters="},
		{NET CONV "groups=3\n", STATUS_BAD_DATA, 5, "groups"},
		{NET CONV "size=13\npad=0\n", STATUS_BAD_DATA, 5, "fit"},
		{NET CONV "pad=0\npadding=3\n", STATUS_BAD_DATA, 5, "padding"},
		{NET "[convolutional]\nfilters=1\nstride=2\n",
		 STATUS_UNSUPPORTED, 5, "1x1"},
		{NET "[dropout]\n", STATUS_UNSUPPORTED, 5, "dropout"},
		{NET "[shortcut]\nfrom=-1\n", STATUS_BAD_DATA, 6, "from=-1"},
		{NET CONV "[shortcut]\nfrom=1\n", STATUS_BAD_DATA, 11,
		 "from=1"},
		{NET CONV "[shortcut]\n", STATUS_BAD_DATA, 10, "from"},
		{NET CONV "[route]\n", STATUS_BAD_DATA, 10, "layers"},
		{NET CONV "[route]\nlayers=-1,,-1\n", STATUS_BAD_DATA, 11,
		 "layers"},
		{NET CONV "[route]\nlayers=0,0,0,0,0\n", STATUS_BAD_DATA, 11,
		 "at most 4"},
		{NET CONV "[maxpool]\nsize=2\nstride=2\n[shortcut]\nfrom=0\n",
		 STATUS_UNSUPPORTED, 13, "equal"},
		{NET CONV "[maxpool]\nsize=2\nstride=2\n[route]\n"
			  "layers=0,1\n",
		 STATUS_BAD_DATA, 13, "joins"},
		{NET CONV "[softmax]\ngroups=5\n", STATUS_BAD_DATA, 10,
		 "groups"},
		{NET CONV "[softmax]\ntemperature=0\n", STATUS_BAD_DATA, 10,
		 "temperature"},
		{NET CONV "[softmax]\ntemperature=nan\n", STATUS_BAD_DATA, 11,
		 "nan"},
		{NET CONV "[softmax]\n[maxpool]\n", STATUS_UNSUPPORTED, 11,
		 "follow"},
		{NET CONV "[softmax]\n[route]\nlayers=-1\n", STATUS_BAD_DATA,
		 12, "softmax"},
		{NET CONV "name=a\n" CONV "name=a\n", STATUS_BAD_DATA, 16,
		 "twice"},
		{NET CONV "name=A b\n", STATUS_BAD_DATA, 10, "name"},
		{NET CONV "\x1b[31m\n", STATUS_BAD_DATA, 10, "0x1b"},
		{"[net]\nwidth=2048\nheight=2048\nchannels=64\n" CONV,
		 STATUS_UNSUPPORTED, 1, "large"},
		{NET "[connected]\noutput=65536\n[connected]\noutput=65536\n",
		 STATUS_UNSUPPORTED, 7, "large"},
		{NET "[upsample]\nstride=8\n[upsample]\nstride=8\n"
		     "[upsample]\nstride=8\n[upsample]\nstride=8\n"
		     "[upsample]\nstride=8\n",
		 STATUS_UNSUPPORTED, 9, "large"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct fault fault = {0};
		char text[512];
		enum status st = parse(cases[i].text, &fault);

		fault_sentence(&fault, text, sizeof(text));
		if (st != cases[i].status || fault.line != cases[i].line ||
		    !strstr(fault.detail, cases[i].word))
			fail_msg("case %zu answered %d: %s\n%s", i, (int)st,
				 text, cases[i].text);
	}
}

static void refuses_long_lines_and_many_layers(void **state)
{
	char *text = calloc(1, 1 << 16);
	struct fault fault;

	(void)state;
	strcpy(text, NET);
	memset(text + strlen(text), 'a', 300);
	assert_int_equal(parse(text, &fault), STATUS_BAD_DATA);
	memset(text, 0, 1 << 16);
	strcpy(text, NET);
	for (int i = 0; i <= NETCFG_MAX_LAYERS; i++)
		strcat(text, CONV);
	assert_int_equal(parse(text, &fault), STATUS_UNSUPPORTED);
	assert_non_null(strstr(fault.detail, "layers"));
	free(text);
}

static void knows_shapes(void **state)
{
	static struct netcfg cfg;
	static const char text[] =
		"# a comment\n; another\n [ net ] \n width = 48\r\nheight=40\n"
		"channels=3\nlearning_rate=0.1\n\n"
		"[conv]\nfilters=24\nsize=6\nstride=2\npadding=2\n"
		"batch_normalize=1\nactivation=relu\nname=first\n"
		"[max]\nstride=2\n[route]\nlayers=-1,1\n[avg]\n"
		"[conn]\noutput=5\n[upsample]\n";
	struct netcfg_shape s;

	(void)state;
	assert_int_equal(netcfg_parse(&cfg, text, sizeof(text) - 1, "x", NULL),
			 0);
	assert_int_equal(cfg.count, 6);
	s = cfg.layers[0].out;
	assert_true(s.channels == 24 && s.height == 20 && s.width == 24);
	assert_int_equal(netcfg_parameters(&cfg.layers[0]),
			 24 * 3 * 36 + 4 * 24);
	assert_string_equal(cfg.layers[0].name, "first");
	/* stride=2 alone: size 2, padding 1 */
	s = cfg.layers[1].out;
	assert_true(s.channels == 24 && s.height == 10 && s.width == 12);
	assert_int_equal(cfg.layers[2].out.channels, 48);
	assert_int_equal(netcfg_values(cfg.layers[3].out), 48);
	assert_int_equal(cfg.layers[4].activation, NETCFG_LOGISTIC);
	s = cfg.layers[5].out;
	assert_true(s.channels == 5 && s.height == 2 && s.width == 2);
}

static void writes_what_it_reads(void **state)
{
	static struct netcfg a, b;
	static const char text[] = NET CONV
		"[shortcut]\nfrom=-1\nactivation=relu\n"
		"[route]\nlayers=0,-1\n[maxpool]\nsize=3\n"
		"[upsample]\nstride=3\n[dropout]\n[connected]\n"
		"output=6\n[softmax]\ngroups=2\ntemperature=0.77\n";
	char out[NETCFG_TEXT_SIZE], small[64];

	(void)state;
	assert_int_equal(netcfg_parse(&a, text, strlen(text), "x", NULL), 0);
	assert_true(netcfg_write(&a, out, sizeof(out)) > 0);
	assert_int_equal(netcfg_parse(&b, out, strlen(out), "y", NULL), 0);
	assert_int_equal(a.count, b.count);
	for (int i = 0; i < a.count; i++) {
		b.layers[i].line = a.layers[i].line;
		assert_memory_equal(&a.layers[i], &b.layers[i],
				    sizeof(*a.layers));
	}
	assert_int_equal(netcfg_write(&a, small, sizeof(small)), 0);
}

/* ---- whatever is let through, Darknet survives ------------------------------
 */

static struct rng rng;

static char *pick(char **from, size_t n)
{
	return from[rng_below(&rng, (uint32_t)n)];
}

/* A description of valid lines in a senseless order and with odd numbers. */
static void senseless(char *out, size_t size)
{
	static char *sections[] = {"convolutional", "maxpool", "avgpool",
				   "shortcut",      "route",   "upsample",
				   "connected",     "softmax", "dropout"};
	static char *names[] = {"filters", "size",       "stride", "padding",
				"pad",     "groups",     "from",   "layers",
				"output",  "temperature"};
	static char *values[] = {"1",  "2",  "3", "4", "6",
				 "-1", "-2", "0", "8", "0,-1"};
	size_t at = (size_t)snprintf(out, size, "%s", NET);

	for (int s = 0; s < 5 && at < size; s++) {
		at += (size_t)snprintf(out + at, size - at, "[%s]\n",
				       pick(sections, 9));
		for (int k = 0; k < 3 && at < size; k++)
			at += (size_t)snprintf(out + at, size - at, "%s=%s\n",
					       pick(names, 10),
					       pick(values, 10));
	}
}

/* The same, a line at a time, keeping only lines that are accepted. */
static bool grow(struct netcfg *cfg, char *text, size_t size)
{
	char candidate[2100], lines[1024], *line, *rest = lines;

	senseless(lines, sizeof(lines));
	snprintf(text, size, "%s", NET);
	strsep(&rest, "]"); /* past [net] and its three lines */
	for (int i = 0; i < 4; i++)
		strsep(&rest, "\n");
	while ((line = strsep(&rest, "\n")) && *line) {
		snprintf(candidate, sizeof(candidate), "%s%s\n", text, line);
		/* a section may lack its needs until its keys have come */
		if (parse(candidate, NULL) && line[0] != '[')
			continue;
		snprintf(text, size, "%.*s", (int)size - 1, candidate);
	}
	return !netcfg_parse(cfg, text, strlen(text), "x", NULL);
}

static void darknet_survives(void **state)
{
	static struct netcfg cfg;
	int run = 0;

	(void)state;
	rng_init(&rng, 7);
	for (int i = 0; i < MUTANTS; i++) {
		struct darknet *net = NULL;
		struct fault fault;
		char text[1024];
		void *weights;
		size_t size;

		if (!grow(&cfg, text, sizeof(text)))
			continue;
		size = weights_size(&cfg);
		weights = calloc(1, size);
		memcpy(weights, (int32_t[]){0, 2, 0}, 12);
		for (int k = 0; k < 2; k++) { /* as it is, and with our loops */
			if (darknet_open(&net, &cfg, weights, size,
					 k ? kernels_choice(0) : NULL, &fault))
				fail_msg("%s\n%s", fault.detail, text);
			assert_int_equal(darknet_run(net), STATUS_OK);
			darknet_close(net);
		}
		free(weights);
		run++;
	}
	assert_true(run > 50);
}

static void exits_are_trapped(void **state)
{
	static struct netcfg cfg; /* 0 x 0: Darknet says error() and exits */
	struct darknet *net = NULL;
	struct fault fault;

	(void)state;
	cfg.count = 1;
	cfg.layers[0].kind = NETCFG_AVGPOOL;
	__lsan_disable(); /* what the library had begun is lost */
	assert_int_equal(darknet_open(&net, &cfg, "", 0, NULL, &fault),
			 STATUS_BAD_DATA);
	__lsan_enable();
	assert_non_null(strstr(fault.detail, "No input parameters"));
	assert_null(net);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses),
		cmocka_unit_test(refuses_long_lines_and_many_layers),
		cmocka_unit_test(knows_shapes),
		cmocka_unit_test(writes_what_it_reads),
		cmocka_unit_test(exits_are_trapped),
		cmocka_unit_test(darknet_survives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
