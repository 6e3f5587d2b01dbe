/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * filter: a list of refused numbers as a program for the kernel's packet
 * filter. It looks at numbers and plain arguments; files are sandbox.c's.
 */
#include "base/filter.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#if defined(__x86_64__)
#define ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define ARCH AUDIT_ARCH_AARCH64
#elif defined(__i386__)
#define ARCH AUDIT_ARCH_I386
#elif defined(__arm__)
#define ARCH AUDIT_ARCH_ARM
#else
#define ARCH 0 /* no filter here */
#endif

/* Numbers that are the same everywhere, where the C library is older. */
#ifndef SYS_mount_setattr
#define SYS_mount_setattr 442
#endif

static const int refused[] = {
/* other processes' memory and state */
#ifndef __SANITIZE_ADDRESS__ /* its leak checker traces its own threads */
	SYS_ptrace,
#endif
	SYS_process_vm_readv,
	SYS_process_vm_writev,
	SYS_kcmp,
	SYS_pidfd_getfd,
	SYS_userfaultfd,
	SYS_perf_event_open,
	/* the file tree, and ways past its rules */
	SYS_mount,
	SYS_umount2,
	SYS_pivot_root,
	SYS_chroot,
	SYS_move_mount,
	SYS_open_tree,
	SYS_fsopen,
	SYS_fsconfig,
	SYS_fsmount,
	SYS_fspick,
	SYS_mount_setattr,
	SYS_name_to_handle_at,
	SYS_open_by_handle_at,
	SYS_fanotify_init,
	SYS_quotactl,
	SYS_swapon,
	SYS_swapoff,
	SYS_acct,
	SYS_mknodat,
	/* the kernel */
	SYS_bpf,
	SYS_kexec_load,
#ifdef SYS_kexec_file_load
	SYS_kexec_file_load,
#endif
	SYS_init_module,
	SYS_finit_module,
	SYS_delete_module,
	SYS_reboot,
	SYS_syslog,
	SYS_keyctl,
	SYS_add_key,
	SYS_request_key,
	SYS_io_uring_setup,
	SYS_io_uring_enter,
	SYS_io_uring_register,
	SYS_sethostname,
	SYS_setdomainname,
	SYS_settimeofday,
	SYS_clock_settime,
	SYS_adjtimex,
	SYS_clock_adjtime,
	SYS_vhangup,
	SYS_personality,
#ifdef SYS_iopl
	SYS_iopl,
	SYS_ioperm,
	SYS_modify_ldt,
	SYS_mknod,
#endif
	/* who we are */
	SYS_setuid,
	SYS_setgid,
	SYS_setreuid,
	SYS_setregid,
	SYS_setresuid,
	SYS_setresgid,
	SYS_setgroups,
	SYS_setfsuid,
	SYS_setfsgid,
	SYS_capset,
	SYS_unshare,
	SYS_setns,
	/* nobody is to call us */
	SYS_listen,
	SYS_accept,
	SYS_accept4,
};
#define REFUSED ((int)(sizeof(refused) / sizeof(*refused)))

#define NEW_NAMESPACE                                                  \
	(CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | \
	 CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

#define DATA(field) ((uint32_t)offsetof(struct seccomp_data, field))
#define ARG(n)      (DATA(args) + 8 * (n)) /* its low half: little-endian */
#define ERROR(code) (SECCOMP_RET_ERRNO | (code))

struct program {
	struct sock_filter code[2 * REFUSED + 48];
	unsigned short count;
};

static void put(struct program *p, unsigned code, uint32_t k, unsigned yes,
		unsigned no)
{
	p->code[p->count++] = (struct sock_filter){
		(unsigned short)code, (uint8_t)yes, (uint8_t)no, k};
}

static void load(struct program *p, uint32_t offset)
{
	put(p, BPF_LD | BPF_W | BPF_ABS, offset, 0, 0);
}

static void answer(struct program *p, uint32_t what)
{
	put(p, BPF_RET | BPF_K, what, 0, 0);
}

/* Where the number was loaded: the call is answered with what. */
static void refuse(struct program *p, int call, uint32_t what)
{
	put(p, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 1);
	answer(p, what);
}

/* Numbers of another kind of program mean other calls: none of them. */
static void put_kind(struct program *p)
{
	load(p, DATA(arch));
	put(p, BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
	answer(p, ERROR(EPERM));
	load(p, DATA(nr));
#ifdef __x86_64__ /* x32 has numbers of its own */
	put(p, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1);
	answer(p, ERROR(EPERM));
#endif
}

/* clone makes threads, and without new namespaces processes; what clone3
 * wants cannot be seen here: the C library then falls back to clone. */
static void put_clone(struct program *p)
{
	refuse(p, SYS_clone3, ERROR(ENOSYS));
	put(p, BPF_JMP | BPF_JEQ | BPF_K, SYS_clone, 0, 4);
	load(p, ARG(0));
	put(p, BPF_JMP | BPF_JSET | BPF_K, (uint32_t)NEW_NAMESPACE, 0, 1);
	answer(p, ERROR(EPERM));
	load(p, DATA(nr));
}

/* Keys pushed into the terminal would be typed into the shell afterwards. */
static void put_ioctl(struct program *p)
{
	put(p, BPF_JMP | BPF_JEQ | BPF_K, SYS_ioctl, 0, 5);
	load(p, ARG(1));
	put(p, BPF_JMP | BPF_JEQ | BPF_K, TIOCSTI, 1, 0);
	put(p, BPF_JMP | BPF_JEQ | BPF_K, 0x541c /* TIOCLINUX */, 0, 1);
	answer(p, ERROR(EPERM));
	load(p, DATA(nr));
}

/* Sound servers are reached by AF_UNIX, devices told of by AF_NETLINK. */
static void put_socket(struct program *p, bool network)
{
	put(p, BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, network ? 7 : 5);
	load(p, ARG(0));
	if (network) {
		put(p, BPF_JMP | BPF_JEQ | BPF_K, AF_INET, 4, 0);
		put(p, BPF_JMP | BPF_JEQ | BPF_K, AF_INET6, 3, 0);
	}
	put(p, BPF_JMP | BPF_JEQ | BPF_K, AF_UNIX, 2, 0);
	put(p, BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 1, 0);
	answer(p, ERROR(EACCES));
	load(p, DATA(nr));
}

int filter_count(void)
{
	return REFUSED;
}

enum status filter_enter(const struct filter_opts *opts)
{
	struct program p = {.count = 0};
	struct sock_fprog whole = {.filter = p.code};

	if (!ARCH)
		return STATUS_UNSUPPORTED;
	put_kind(&p);
	for (int i = 0; i < REFUSED; i++)
		refuse(&p, refused[i], ERROR(EPERM));
	if (!opts->programs) {
		refuse(&p, SYS_execve, ERROR(EPERM));
		refuse(&p, SYS_execveat, ERROR(EPERM));
	}
	put_clone(&p);
	put_ioctl(&p);
	put_socket(&p, opts->network);
	answer(&p, SECCOMP_RET_ALLOW);
	whole.len = p.count;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &whole)
		       ? STATUS_UNSUPPORTED
		       : STATUS_OK;
}
