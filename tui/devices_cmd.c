/* SPDX-License-Identifier: GPL-3.0-or-later */
/* devices: "mien devices": the cameras, and what each offers. */
#include "capture/devices.h"
#include "tui/commands.h"
#include "tui/report.h"
#include "tui/say.h"

#include <stdio.h>

static json_t *modes_of(const struct device *device)
{
	json_t *array = json_array();

	for (int i = 0; i < device->mode_count; i++) {
		const struct device_mode *m = &device->modes[i];

		json_array_append_new(array,
				      json_pack("{s:s, s:i, s:i, s:o, s:b}",
						"format", m->format, "width",
						m->width, "height", m->height,
						"rate", report_number(m->rate),
						"emulated", m->emulated));
	}
	return array;
}

static enum status print_json(const struct device *d, struct fault *fault)
{
	return report_print(
		json_pack("{s:s, s:s, s:s, s:s, s:b, s:s, s:o}", "path",
			  d->path, "name", d->name, "driver", d->driver, "bus",
			  d->bus, "captures", d->captures, "status",
			  d->status ? status_text(d->status) : "good", "modes",
			  modes_of(d)),
		fault);
}

/* The rates of one format and size stand in one line already: each mode has
 * its highest. */
static void print_text(const struct device *d)
{
	printf("%s  %s", d->path, *d->name ? d->name : "(no name)");
	if (*d->driver)
		printf("  [%s%s%s]", d->driver, *d->bus ? ", " : "", d->bus);
	putchar('\n');
	if (d->status)
		printf("  could not be opened: %s\n", status_text(d->status));
	else if (!d->captures)
		puts("  gives no pictures (metadata, output or encoder)");
	for (int i = 0; i < d->mode_count; i++) {
		const struct device_mode *m = &d->modes[i];

		printf("  %-4s %4dx%-4d", m->format, m->width, m->height);
		if (m->rate > 0)
			printf("  %g frames/s", m->rate);
		puts(m->emulated ? "  (converted)" : "");
	}
}

int devices_main(const struct options *options, const struct config *config)
{
	/* static: 150 kB, once */
	static struct device devices[DEVICES_MAX];
	struct fault fault;
	int count = 0;
	enum status st = devices_list(devices, DEVICES_MAX, &count);

	(void)config;
	if (st) {
		fault_set(&fault, st, "the cameras", "listing: %s",
			  status_text(st));
		return say_fault(&fault);
	}
	if (!count && !options->json)
		puts("There is no camera here. One that is plugged in later "
		     "is found; --source names other pictures.");
	for (int i = 0; i < count && !st; i++) {
		if (options->json)
			st = print_json(&devices[i], &fault);
		else
			print_text(&devices[i]);
	}
	return st ? say_fault(&fault) : 0;
}
