/* SPDX-License-Identifier: GPL-3.0-or-later */
/* crash: a handler that only writes bytes that were made ready before. */
#include "tui/crash.h"

#include <curses.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#define STACK_SIZE (64 * 1024)

static const int fatal[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
#define FATAL (sizeof(fatal) / sizeof(*fatal))

static struct {
	int out, in, err;
	bool has_modes;
	struct termios modes;
	char undo[512];
	size_t undo_size;
	struct sigaction before[FATAL];
	void *stack;
	volatile sig_atomic_t armed;
} crash;

static const char note[] =
	"mien crashed; what it was doing is at the end of its log.\n";

/* Async-signal-safe: write, tcflush, tcsetattr, sigaction, raise. */
static void on_crash(int signal)
{
	if (crash.armed) {
		ssize_t ignored;

		crash.armed = 0;
		ignored = write(crash.out, crash.undo, crash.undo_size);
		if (ignored < 0) { /* full: what it holds is of no use now */
			tcflush(crash.out, TCOFLUSH);
			ignored = write(crash.out, crash.undo, crash.undo_size);
		}
		if (crash.has_modes)
			tcsetattr(crash.in, TCSANOW, &crash.modes);
		/* fd 2 stays with the log: other threads still print */
		ignored = write(crash.err, note, sizeof(note) - 1);
		(void)ignored;
	}
	for (size_t i = 0; i < FATAL; i++)
		if (fatal[i] == signal)
			sigaction(signal, &crash.before[i], NULL);
	raise(signal);
}

void crash_arm(int out, int in, int err)
{
	struct sigaction action = {.sa_handler = on_crash,
				   .sa_flags = SA_ONSTACK};
	stack_t stack = {.ss_size = STACK_SIZE};

	crash.out = out;
	crash.in = in;
	crash.err = err;
	crash.has_modes = !tcgetattr(in, &crash.modes);
	crash.undo_size = 0;
	/* a stack that overflowed cannot run a handler */
	crash.stack = malloc(STACK_SIZE);
	stack.ss_sp = crash.stack;
	if (crash.stack)
		sigaltstack(&stack, NULL);
	sigemptyset(&action.sa_mask);
	for (size_t i = 0; i < FATAL; i++)
		sigaction(fatal[i], &action, &crash.before[i]);
	crash.armed = 1;
}

static int collect_byte(int byte)
{
	if (crash.undo_size < sizeof(crash.undo))
		crash.undo[crash.undo_size++] = (char)byte;
	return byte;
}

void crash_collect(void)
{
	const char *const undo[] = {exit_attribute_mode, orig_pair,
				    keypad_local, cursor_normal, exit_ca_mode};

	for (size_t i = 0; i < sizeof(undo) / sizeof(*undo); i++)
		if (undo[i])
			tputs(undo[i], 1, collect_byte);
}

void crash_disarm(void)
{
	stack_t off = {.ss_flags = SS_DISABLE};

	if (!crash.armed)
		return;
	crash.armed = 0;
	for (size_t i = 0; i < FATAL; i++)
		sigaction(fatal[i], &crash.before[i], NULL);
	sigaltstack(&off, NULL);
	free(crash.stack);
	crash.stack = NULL;
}
