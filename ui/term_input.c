/* term_input.c: waiting for keys and signals. Signals are read from a descriptor (signalfd(2)), so
 * that nothing runs in between; keys wait in a queue until they are asked for. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fault.h"
#include "base/i18n.h"
#include "ui/term_input_private.h"

enum {
    READ_SIZE = 16384,
    SEQUENCE_WAIT_MS = 500, /* for the rest of a sequence or string */
    PASTE_WAIT_MS = 10000,  /* for the end of a paste, lest a lost one swallow all keys */
};
static const int SIGNALS[] = {SIGWINCH, SIGHUP, SIGTERM, SIGINT, SIGQUIT, SIGTSTP, SIGCONT};

static struct {
    KeyDecoder *decoder;
    const ScreenHooks *hooks;
    Decoded state; /* why the decoder had no more */
    GQueue events; /* of Event *, decoded and not yet asked for */
    int signals;   /* descriptor */
    sigset_t old_mask;
    int escape_delay_ms;
    gint64 last_byte_ms;
    gboolean hung_up;
    int sync_descriptor; /* of the test harness; -1: none */
    TermSync sync, synced;
    gboolean first_sync;
} input;

static int sync_descriptor(void)
{
    const char *text = g_getenv("DAGSFORM_TEST_SYNC_FD");
    gint64 number = -1;
    if (text == NULL || !g_ascii_string_to_signed(text, 10, 3, 1023, &number, NULL))
        return -1;
    return (int)number;
}

gboolean input_start(KeyDecoder *decoder, int escape_delay_ms, const ScreenHooks *hooks,
                     GError **error)
{
    sigset_t mask;
    sigemptyset(&mask);
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++)
        sigaddset(&mask, SIGNALS[i]);
    memset(&input, 0, sizeof input);
    input.signals = signalfd(-1, &mask, SFD_NONBLOCK | SFD_CLOEXEC);
    if (input.signals < 0) {
        fault_set(error, "signalfd: %s", g_strerror(errno));
        key_decoder_free(decoder);
        return FALSE;
    }
    sigprocmask(SIG_BLOCK, &mask, &input.old_mask);
    input.decoder = decoder;
    input.hooks = hooks;
    input.escape_delay_ms = escape_delay_ms;
    input.sync_descriptor = sync_descriptor();
    input.first_sync = TRUE;
    g_queue_init(&input.events);
    return TRUE;
}

static void free_event(gpointer data)
{
    event_clear(data);
    g_free(data);
}

void input_stop(void)
{
    g_queue_clear_full(&input.events, free_event);
    g_clear_pointer(&input.decoder, key_decoder_free);
    close(input.signals);
    /* That the line is gone is known, by its end or by the signal; the other of the two may still
     * come, and would end the program while it closes the unit. */
    if (input.hung_up)
        signal(SIGHUP, SIG_IGN);
    sigprocmask(SIG_SETMASK, &input.old_mask, NULL);
}

static void queue_event(const Event *event)
{
    const Event *last = g_queue_peek_tail(&input.events);
    if (event->type == EVENT_RESIZE && last != NULL && last->type == EVENT_RESIZE)
        return;
    g_queue_push_tail(&input.events, g_memdup2(event, sizeof *event));
}

static void queue_type(EventType type)
{
    queue_event(&(Event){.type = type});
}

static void decode_waiting(void)
{
    Event event;
    while ((input.state = key_decoder_next(input.decoder, &event)) == DECODED_EVENT)
        queue_event(&event);
}

static void read_keys(void)
{
    char bytes[READ_SIZE];
    gssize count = read(STDIN_FILENO, bytes, sizeof bytes);
    if (count <= 0) {
        if (count < 0 && (errno == EINTR || errno == EAGAIN))
            return;
        if (!input.hung_up)
            queue_type(EVENT_HANGUP);
        input.hung_up = TRUE;
        return;
    }
    input.sync.bytes += (guint64)count;
    input.last_byte_ms = clock_monotonic_ms();
    key_decoder_feed(input.decoder, bytes, (gsize)count);
    explicit_bzero(bytes, (gsize)count);
    decode_waiting();
}

static void handle_signal(int number)
{
    switch (number) {
    case SIGWINCH:
        input.hooks->resize();
        input.sync.resizes++;
        queue_type(EVENT_RESIZE);
        break;
    case SIGTSTP:
        input.hooks->suspend();
        queue_type(EVENT_RESIZE);
        break;
    case SIGCONT:
        input.hooks->resume();
        queue_type(EVENT_RESIZE);
        break;
    default:
        if (!input.hung_up)
            queue_type(EVENT_HANGUP);
        input.hung_up = number == SIGHUP || input.hung_up;
        break;
    }
}

/* Takes in what has come, waiting at most `timeout_ms` (-1: for ever) for it. */
static void pump(int timeout_ms)
{
    struct pollfd polled[] = {
        {.fd = input.signals, .events = POLLIN},
        {.fd = input.hung_up ? -1 : STDIN_FILENO, .events = POLLIN},
    };
    if (poll(polled, G_N_ELEMENTS(polled), timeout_ms) <= 0)
        return;
    struct signalfd_siginfo signal;
    while (polled[0].revents != 0 && read(input.signals, &signal, sizeof signal) == sizeof signal)
        handle_signal((int)signal.ssi_signo);
    if (polled[1].revents != 0)
        read_keys();
}

/* How long what is incomplete may still wait; -1: nothing is. */
static int partial_wait(void)
{
    if (input.state == DECODED_NONE)
        return -1;
    int patience = input.state == DECODED_PASTING  ? PASTE_WAIT_MS
                   : input.state == DECODED_ESCAPE ? input.escape_delay_ms
                                                   : SEQUENCE_WAIT_MS;
    return (int)MAX(input.last_byte_ms + patience - clock_monotonic_ms(), 0);
}

static void give_up_partial(void)
{
    if (partial_wait() == 0) {
        key_decoder_flush(input.decoder);
        decode_waiting();
    }
}

/* Tells a test that everything up to here has been handled and shown. */
static void report_idle(void)
{
    gboolean same = input.sync.bytes == input.synced.bytes &&
                    input.sync.resizes == input.synced.resizes && !input.first_sync;
    if (input.sync_descriptor < 0 || same)
        return;
    input.first_sync = FALSE;
    input.synced = input.sync;
    if (write(input.sync_descriptor, &input.sync, sizeof input.sync) != sizeof input.sync)
        input.sync_descriptor = -1;
}

static gboolean take_event(Event *event)
{
    g_autofree Event *first = g_queue_pop_head(&input.events);
    if (first == NULL)
        return FALSE;
    *event = *first;
    explicit_bzero(first, sizeof *first);
    return TRUE;
}

void input_next(Event *event, int timeout_ms)
{
    gint64 deadline = timeout_ms >= 0 ? clock_monotonic_ms() + timeout_ms : -1;
    pump(0);
    for (;;) {
        give_up_partial();
        if (take_event(event))
            return;
        int wait = partial_wait();
        if (wait < 0)
            report_idle();
        if (deadline >= 0) {
            int left = (int)MAX(deadline - clock_monotonic_ms(), 0);
            if (left == 0 && wait != 0) {
                *event = (Event){.type = EVENT_TIMEOUT};
                return;
            }
            wait = wait < 0 ? left : MIN(wait, left);
        }
        pump(wait);
    }
}

gboolean input_pending(void)
{
    pump(0);
    give_up_partial();
    return !g_queue_is_empty(&input.events);
}

void input_drop(void)
{
    pump(0);
    for (GList *link = input.events.head, *next; link != NULL; link = next) {
        const Event *event = link->data;
        next = link->next;
        if (event->type != EVENT_KEY && event->type != EVENT_PASTE && event->type != EVENT_CLICK)
            continue;
        free_event(link->data);
        g_queue_delete_link(&input.events, link);
    }
}

gboolean input_take_escape(void)
{
    pump(0);
    give_up_partial();
    for (GList *link = input.events.head; link != NULL; link = link->next) {
        const Event *event = link->data;
        if (event->type == EVENT_HANGUP)
            return TRUE;
        if (event->type == EVENT_KEY && event->key == K_ESCAPE) {
            free_event(link->data);
            g_queue_delete_link(&input.events, link);
            return TRUE;
        }
    }
    return FALSE;
}
