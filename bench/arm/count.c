/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * count: a plugin for qemu-aarch64 that counts the instructions between two
 * marks of guest.c by what they keep busy, and prints a line on standard
 * error at each mark: all, multiply-adds of vectors, other vector
 * arithmetic, loads, stores.
 *
 * Debian ships no header for plugins; these are the few functions of version
 * 1 of the interface that are used here.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef uint64_t plugin_id;
struct qemu_plugin_tb;
struct qemu_plugin_insn;

void qemu_plugin_register_vcpu_tb_trans_cb(
	plugin_id id, void (*seen)(plugin_id id, struct qemu_plugin_tb *block));
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *block);
struct qemu_plugin_insn *
qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *block, size_t index);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
void qemu_plugin_register_vcpu_tb_exec_inline(struct qemu_plugin_tb *block,
					      int add, void *to, uint64_t what);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn,
					    void (*run)(unsigned vcpu,
							void *user),
					    int registers, void *user);

#define EXPORT __attribute__((visibility("default")))

EXPORT int qemu_plugin_version = 1;
EXPORT int qemu_plugin_install(plugin_id id, const void *info, int argc,
			       char **argv);

enum { ALL, MULTIPLY_ADD, VECTOR, LOAD, STORE, COUNTS };

static uint64_t counts[COUNTS];

#define MARK 0xd5032abfU /* hint #0x55 */

/* C4.1 of the Arm Architecture Reference Manual for A-profile. */
static int is_multiply_add(uint32_t op)
{
	return (op & 0xbfa0fc00) == 0x0e20cc00 || /* FMLA, vectors */
	       (op & 0xbf80f400) == 0x0f801000 || /* by element */
	       (op & 0xff000000) == 0x1f000000;   /* FMADD and its kin */
}

static void add(uint32_t op, uint64_t sums[COUNTS])
{
	sums[ALL]++;
	if ((op & 0x0a000000) == 0x08000000) {
		int pair = (op & 0x38000000) == 0x28000000;
		int literal = (op & 0x3b000000) == 0x18000000;
		int load = literal || (op & 1U << 22);

		sums[load ? LOAD : STORE] += pair ? 2 : 1;
	} else if ((op & 0x0e000000) == 0x0e000000) {
		sums[is_multiply_add(op) ? MULTIPLY_ADD : VECTOR]++;
	}
}

static void on_mark(unsigned vcpu, void *user)
{
	(void)vcpu;
	(void)user;
	for (int i = 0; i < COUNTS; i++)
		fprintf(stderr, "%" PRIu64 "%c", counts[i],
			i < COUNTS - 1 ? ' ' : '\n');
	memset(counts, 0, sizeof(counts));
}

static void on_block(plugin_id id, struct qemu_plugin_tb *block)
{
	uint64_t sums[COUNTS] = {0};
	size_t n = qemu_plugin_tb_n_insns(block);

	(void)id;
	for (size_t i = 0; i < n; i++) {
		struct qemu_plugin_insn *insn =
			qemu_plugin_tb_get_insn(block, i);
		uint32_t op;

		memcpy(&op, qemu_plugin_insn_data(insn), sizeof(op));
		add(op, sums);
		if (op == MARK)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_mark, 0,
							       NULL);
	}
	for (int i = 0; i < COUNTS; i++)
		if (sums[i])
			qemu_plugin_register_vcpu_tb_exec_inline(
				block, 0, &counts[i], sums[i]);
}

EXPORT int qemu_plugin_install(plugin_id id, const void *info, int argc,
			       char **argv)
{
	(void)info;
	(void)argc;
	(void)argv;
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_block);
	return 0;
}
