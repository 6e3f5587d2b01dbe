/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * commands: the entries of the program's parts. Each returns the exit status,
 * has printed its own messages, and may print to stdout and stderr. The
 * options that override a setting are already laid over config.
 */
#ifndef MIEN_TUI_COMMANDS_H
#define MIEN_TUI_COMMANDS_H

#include "tui/options.h"

int dashboard_main(const struct options *options, const struct config *config);
int look_main(const struct options *options, const struct config *config);
int feel_main(const struct options *options, const struct config *config);
int devices_main(const struct options *options, const struct config *config);
int personal_main(const struct options *options, const struct config *config);
int doctor_main(const struct options *options, const struct config *config);

#endif
