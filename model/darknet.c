/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * darknet: the one file that sees the library's header. It loads the library
 * at run time (it pulls in 260 others; the first screen does not wait for
 * that), hands it checked files from memory, turns its exits into faults, and
 * puts our loops in place of its own.
 */
#include "model/darknet.h"

#include <darknet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define LIBRARY "/usr/lib/darknet/libdarknet.so"

static struct {
	pthread_mutex_t lock;
	void *handle;
	network *(*load_network)(char *, char *, int);
	float *(*network_predict)(network *, float *);
	void (*free_network)(network *);
} lib = {.lock = PTHREAD_MUTEX_INITIALIZER};

struct darknet {
	network *net;
	const struct kernels *kernels;
};

/* ---- traps ----------------------------------------------------------------
 */

/*
 * libdarknet says what is wrong through these two and exits. Programs export
 * them (TRAPS in the Makefile), so that the library finds ours; armed on a
 * thread while it is inside the library.
 */
struct trap {
	jmp_buf back;
	char text[128];
};

static _Thread_local struct trap *trap;

/* darknet.h has them, but not to be found. NOLINTNEXTLINE(readability-*) */
__attribute__((visibility("default"))) void error(const char *s);
__attribute__((visibility("default"))) void file_error(char *s);

static void spring(const char *what, const char *s)
{
	if (!trap) /* not the library: glibc has an error(), which may return */
		return;
	snprintf(trap->text, sizeof(trap->text), "%s%s", what, s ? s : "");
	longjmp(trap->back, 1);
}

void error(const char *s)
{
	spring("", s);
}

void file_error(char *s)
{
	spring("cannot open ", s);
}

/* ---- the library ----------------------------------------------------------
 */

static enum status find(const char *name, void *function, struct fault *fault)
{
	void *found = dlsym(lib.handle, name);

	if (!found)
		return fault_set(fault, STATUS_UNSUPPORTED, LIBRARY,
				 "has no function %s", name);
	memcpy(function, &found, sizeof(found));
	return STATUS_OK;
}

static enum status find_all(struct fault *fault)
{
	enum status st = find("load_network", &lib.load_network, fault);

	if (!st)
		st = find("network_predict", &lib.network_predict, fault);
	if (!st)
		st = find("free_network", &lib.free_network, fault);
	return st;
}

static enum status load_library(struct fault *fault)
{
	enum status st;
	fenv_t floats;

	if (lib.handle)
		return STATUS_OK;
	/* its start-up code makes this thread flush small numbers to zero */
	fegetenv(&floats);
	lib.handle = dlopen(LIBRARY, RTLD_LAZY | RTLD_LOCAL);
	fesetenv(&floats);
	if (!lib.handle) {
		st = fault_set(fault, STATUS_UNSUPPORTED, LIBRARY,
			       "cannot be loaded: %s", dlerror());
		fault_hint(fault, "install the Debian package darknet");
		return st;
	}
	st = find_all(fault);
	if (st) {
		dlclose(lib.handle);
		lib.handle = NULL;
	}
	return st;
}

/* Points fd at nothing; returns what it was, for restore(). */
static int silence(int fd)
{
	int was = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (null >= 0) {
		dup2(null, fd);
		close(null);
	}
	return was;
}

static void restore(int fd, int was)
{
	if (was >= 0) {
		dup2(was, fd);
		close(was);
	} else {
		close(fd);
	}
}

/* ---- our loops in its layers ----------------------------------------------
 */

/* Those of the network that runs on this thread. */
static _Thread_local const struct kernels *loops;

static enum netcfg_activation activation_of(const layer *l)
{
	switch (l->activation) {
	case RELU: return NETCFG_RELU;
	case LEAKY: return NETCFG_LEAKY;
	case LOGISTIC: return NETCFG_LOGISTIC;
	default: return NETCFG_LINEAR;
	}
}

/* One group of a convolutional or connected layer. */
static struct kernels_conv conv_of(const layer *l)
{
	struct kernels_conv conv = {.size = 1,
				    .stride = 1,
				    .activation = activation_of(l),
				    .weights = l->weights,
				    .biases = l->biases};

	if (l->type == CONNECTED) {
		conv.in = (struct netcfg_shape){l->inputs, 1, 1};
		conv.out = (struct netcfg_shape){l->outputs, 1, 1};
		return conv;
	}
	conv.in = (struct netcfg_shape){l->c / l->groups, l->h, l->w};
	conv.out = (struct netcfg_shape){l->n / l->groups, l->out_h, l->out_w};
	conv.size = l->size;
	conv.stride = l->stride;
	conv.padding = l->pad;
	return conv;
}

static void forward_conv(layer l, network net)
{
	struct kernels_conv conv = conv_of(&l);
	int groups = l.type == CONNECTED ? 1 : l.groups;

	for (int g = 0; g < groups; g++) {
		conv.weights =
			l.weights + (size_t)g * loops->packed_size(&conv);
		loops->conv(&conv,
			    net.input + (size_t)g * netcfg_values(conv.in),
			    l.output + (size_t)g * netcfg_values(conv.out),
			    net.workspace);
	}
}

static void forward_depthwise(layer l, network net)
{
	struct kernels_conv conv = conv_of(&l);

	conv.in.channels = conv.out.channels = l.groups;
	loops->depthwise(&conv, net.input, l.output, net.workspace);
}

static void forward_maxpool(layer l, network net)
{
	loops->maxpool((struct netcfg_shape){l.c, l.h, l.w}, l.size, l.stride,
		       l.pad, net.input, l.output);
}

static void forward_shortcut(layer l, network net)
{
	const layer *from = &net.layers[l.index];

	loops->add((size_t)l.outputs, net.input, (size_t)from->outputs,
		   from->output, activation_of(&l), l.output);
}

static void forward_avgpool(layer l, network net)
{
	loops->mean((struct netcfg_shape){l.c, l.h, l.w}, net.input, l.output);
}

/* Exchanges a layer's weights for packed ones. */
static enum status pack_layer(const struct kernels *kernels, layer *l)
{
	struct kernels_conv conv = conv_of(l);
	int groups = l->type == CONNECTED ? 1 : l->groups;
	size_t each = kernels->packed_size(&conv);
	size_t plain = netcfg_values(conv.in) /
		       (size_t)(conv.in.height * conv.in.width) *
		       (size_t)(conv.size * conv.size * conv.out.channels);
	float *packed = malloc((size_t)groups * each * sizeof(*packed));

	if (!packed)
		return STATUS_NO_MEMORY;
	for (int g = 0; g < groups; g++) {
		conv.biases = l->biases + g * conv.out.channels;
		kernels->pack(&conv, l->weights + (size_t)g * plain,
			      packed + (size_t)g * each);
	}
	free(l->weights);
	l->weights = packed;
	return STATUS_OK;
}

static bool is_depthwise(const layer *l)
{
	return l->groups > 1 && l->groups == l->c && l->groups == l->n;
}

/* What only training needs goes; forward_network clears deltas it finds. */
static void forget_training(layer *l)
{
	if (l->type != DROPOUT) { /* it borrows its neighbour's */
		free(l->delta);
		free(l->weight_updates);
		free(l->bias_updates);
	}
	l->delta = l->weight_updates = l->bias_updates = NULL;
}

static enum status take_over(struct darknet *net, const struct kernels *kernels)
{
	size_t work = 0;
	enum status st = STATUS_OK;

	for (int i = 0; !st && i < net->net->n; i++) {
		layer *l = &net->net->layers[i];
		struct kernels_conv conv;

		forget_training(l);
		switch (l->type) {
		case CONVOLUTIONAL:
		case CONNECTED:
			conv = conv_of(l);
			if (kernels->work_size(&conv) > work)
				work = kernels->work_size(&conv);
			l->forward = forward_conv;
			if (l->type == CONVOLUTIONAL && is_depthwise(l))
				l->forward = forward_depthwise;
			else
				st = pack_layer(kernels, l);
			break;
		case MAXPOOL: l->forward = forward_maxpool; break;
		case SHORTCUT: l->forward = forward_shortcut; break;
		case AVGPOOL: l->forward = forward_avgpool; break;
		default: break;
		}
	}
	net->kernels = kernels;
	free(net->net->workspace);
	net->net->workspace = malloc((work + 1) * sizeof(float));
	return st || net->net->workspace ? st : STATUS_NO_MEMORY;
}

/* ---- loading --------------------------------------------------------------
 */

/* A file in memory, and the path by which the library opens it. */
static int memory_file(const void *bytes, size_t size, char path[32])
{
	int fd = memfd_create("mien-network", MFD_CLOEXEC);
	size_t done = 0;

	while (fd >= 0 && done < size) {
		ssize_t n = write(fd, (const char *)bytes + done, size - done);

		if (n <= 0) {
			close(fd);
			return -1;
		}
		done += (size_t)n;
	}
	snprintf(path, 32, "/proc/self/fd/%d", fd);
	return fd;
}

/* Did the library understand the network as netcfg.c does? */
static bool agrees(const network *net, const struct netcfg *cfg)
{
	if (net->n != cfg->count || net->batch != 1 ||
	    (size_t)net->inputs != netcfg_values(cfg->input))
		return false;
	for (int i = 0; i < net->n; i++) {
		const struct netcfg_layer *want = &cfg->layers[i];
		const layer *l = &net->layers[i];

		if ((size_t)l->outputs != netcfg_values(want->out) ||
		    !l->output || !l->forward)
			return false;
		if (want->kind == NETCFG_CONV &&
		    ((size_t)l->nweights != want->weights ||
		     l->out_h != want->out.height || l->pad != want->padding))
			return false;
	}
	return true;
}

static enum status load_files(struct darknet *net, char *cfg_path,
			      char *weights_path, struct fault *fault)
{
	struct trap here;

	trap = &here;
	if (setjmp(here.back)) {
		trap = NULL;
		return fault_set(fault, STATUS_BAD_DATA, NULL,
				 "Darknet refuses the network: %s", here.text);
	}
	net->net = lib.load_network(cfg_path, weights_path, 0);
	trap = NULL;
	return STATUS_OK;
}

static enum status load_checked(struct darknet *net, const struct netcfg *cfg,
				const void *weights, size_t size,
				const struct kernels *kernels,
				struct fault *fault)
{
	char text[NETCFG_TEXT_SIZE], cfg_path[32], weights_path[32];
	size_t length = netcfg_write(cfg, text, sizeof(text));
	int cfg_fd = memory_file(text, length, cfg_path);
	int weights_fd = memory_file(weights, size, weights_path);
	enum status st;

	if (cfg_fd < 0 || weights_fd < 0)
		st = fault_set(fault, STATUS_NO_MEMORY, NULL,
			       "not enough memory for the network's files");
	else
		st = load_files(net, cfg_path, weights_path, fault);
	if (cfg_fd >= 0)
		close(cfg_fd);
	if (weights_fd >= 0)
		close(weights_fd);
	if (!st && !agrees(net->net, cfg))
		st = fault_set(fault, STATUS_FAILED, LIBRARY,
			       "understands the network otherwise than mien");
	if (!st && kernels && take_over(net, kernels))
		st = fault_set(fault, STATUS_NO_MEMORY, NULL,
			       "not enough memory for the network");
	return st;
}

enum status darknet_open(struct darknet **out, const struct netcfg *cfg,
			 const void *weights, size_t size,
			 const struct kernels *kernels, struct fault *fault)
{
	struct darknet *net = calloc(1, sizeof(*net));
	enum status st;
	int was;

	if (!net)
		return fault_set(fault, STATUS_NO_MEMORY, NULL,
				 "not enough memory for a network");
	pthread_mutex_lock(&lib.lock);
	was = silence(STDERR_FILENO);
	st = load_library(fault);
	if (!st)
		st = load_checked(net, cfg, weights, size, kernels, fault);
	restore(STDERR_FILENO, was);
	pthread_mutex_unlock(&lib.lock);
	if (st) {
		darknet_close(net);
		return st;
	}
	*out = net;
	return STATUS_OK;
}

void darknet_close(struct darknet *net)
{
	if (!net)
		return;
	if (net->net) { /* free_network forgets these */
		for (int i = 0; i < net->net->n; i++)
			if (net->net->layers[i].type == SOFTMAX)
				free(net->net->layers[i].loss);
		free(net->net->workspace);
		free(net->net->seen);
		free(net->net->t);
		free(net->net->cost);
		free(net->net->scales);
		free(net->net->steps);
		lib.free_network(net->net);
	}
	free(net);
}

float *darknet_input(const struct darknet *net)
{
	return net->net->input;
}

float *darknet_output(const struct darknet *net, int layer)
{
	return net->net->layers[layer].output;
}

enum status darknet_run(struct darknet *net)
{
	struct trap here;

	trap = &here;
	if (setjmp(here.back)) {
		trap = NULL;
		return STATUS_FAILED;
	}
	loops = net->kernels;
	lib.network_predict(net->net, net->net->input);
	trap = NULL;
	return STATUS_OK;
}

/* ---- probing --------------------------------------------------------------
 */

/* In the child: nothing it does may reach anybody, or last. */
static void live_alone(void)
{
	static const struct rlimit cpu = {10, 10}, core = {0, 0};
	sigset_t none;

	silence(STDOUT_FILENO);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGALRM, SIG_DFL);
	signal(SIGSEGV, SIG_DFL);
	signal(SIGABRT, SIG_DFL);
	signal(SIGFPE, SIG_DFL);
	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_CORE, &core);
	alarm(30);
}

static enum status outcome_of(pid_t child, struct fault *fault)
{
	int how;
	pid_t got;

	do
		got = waitpid(child, &how, 0);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return fault_set_errno(fault, errno, NULL,
				       "the trial of the network was lost");
	if (WIFEXITED(how) && WEXITSTATUS(how) == 0)
		return STATUS_OK;
	if (WIFSIGNALED(how))
		return fault_set(fault, STATUS_BAD_DATA, NULL,
				 "Darknet crashes on the network (%s)",
				 strsignal(WTERMSIG(how)));
	return fault_set(fault, STATUS_BAD_DATA, NULL,
			 "Darknet refuses the network");
}

enum status darknet_probe(const struct netcfg *cfg, const void *weights,
			  size_t size, const struct kernels *kernels,
			  struct fault *fault)
{
	struct darknet net = {0};
	enum status st;
	pid_t child;
	int was;

	pthread_mutex_lock(&lib.lock);
	was = silence(STDERR_FILENO);
	st = load_library(fault);
	child = st ? -1 : fork();
	if (child == 0) {
		live_alone();
		st = load_checked(&net, cfg, weights, size, kernels, NULL);
		if (!st)
			st = darknet_run(&net);
		_exit(st ? 1 : 0);
	}
	restore(STDERR_FILENO, was);
	pthread_mutex_unlock(&lib.lock);
	if (child > 0)
		return outcome_of(child, fault);
	return st ? st
		  : fault_set_errno(fault, errno, NULL,
				    "no process to try the network in");
}
