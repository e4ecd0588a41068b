/* walk_papers.c: a response on paper: all its answers, of a plan of action the plan, and of a SIP
 * the call, the invitation and the plan. Which paper, how large, and where it is to lie; before
 * anything is written about a client with protected identity the user is asked. */
#include "base/apart.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/client/consent.h"
#include "care/unit/audit.h"
#include "exchange/plan_pdf.h"
#include "exchange/response_pdf.h"
#include "exchange/sip_pdf.h"
#include "ui/common/choose.h"
#include "ui/common/dialog.h"
#include "ui/forms/walk_state_private.h"
#include "ui/import/import_path.h"

/* Which paper, and of calls and invitations the repetition: kind * REPETITIONS + number. */
enum { REPETITIONS = 1000, LARGE = 2 };
enum { PAPER_ANSWERS, PAPER_PLAN, PAPER_CALL, PAPER_INVITATION };

typedef struct {
    int kind, number;
    gboolean large;
} PaperWish;

/* A wish goes through the boxes as one number: paper * LARGE + large. */
static PaperWish wish_of(gpointer data)
{
    int about = GPOINTER_TO_INT(data), paper = about / LARGE;
    return (PaperWish){
        .kind = paper / REPETITIONS, .number = paper % REPETITIONS, .large = about % LARGE != 0};
}

/* The walk that the overview on top shows; NULL when something else is there by now. */
static const Walk *walk_on_top(App *app)
{
    return app_top(app) == &screen_overview ? overview_walk(app_top_state(app)) : NULL;
}

/* --- what is asked for ------------------------------------------------------------------------ */

static char *answer_text(const Walk *walk, const char *link_id, int number)
{
    g_autofree char *instance = g_strdup_printf("%d", number);
    const FormItem *item = form_item(walk_form(walk), link_id);
    return item == NULL
               ? g_strdup("")
               : walk_value_text(walk, item, answers_get(walk_answers(walk), link_id, instance));
}

/* Who is called or invited, as the paper names them. "" where nobody is named. New. */
static char *addressee_text(const Walk *walk, int kind, int number)
{
    static const char *const CALLED[] = {"kallad-huvudman", "kallad-verksamhet", "kallad-person"};
    if (kind == PAPER_INVITATION)
        return answer_text(walk, "inbjuden-person", number);
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(CALLED); i++) {
        g_autofree char *part = answer_text(walk, CALLED[i], number);
        if (part[0] != '\0')
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", part);
    }
    return g_strdup(text->str);
}

static void add_addressees(Choose *choose, const Walk *walk, int kind, const char *group,
                           const char *format)
{
    const FormItem *item = form_item(walk_form(walk), group);
    int count = item != NULL ? answers_repetitions(walk_answers(walk), item, "") : 0;
    for (int number = 1; number <= count; number++) {
        g_autofree char *who = addressee_text(walk, kind, number);
        g_autofree char *text = g_strdup_printf(format, who);
        if (who[0] != '\0')
            choose_add(choose, kind * REPETITIONS + number, text);
    }
}

static char *default_path(const Walk *walk, PaperWish wish)
{
    static const char *const NAMES[] = {"svar", "plan", "kallelse", "inbjudan"};
    char date[DATE_SIZE];
    g_autofree char *number = wish.number > 0 ? g_strdup_printf("-%d", wish.number) : g_strdup("");
    g_autofree char *name =
        g_strdup_printf("%s-%s%s-%s.pdf", walk_form(walk)->name, NAMES[wish.kind], number,
                        date_format(clock_today(), date));
    return g_build_filename(g_get_home_dir(), name, NULL);
}

/* --- writing it ------------------------------------------------------------------------------- */

static void copy_answer(const Answer *answer, gpointer to)
{
    answers_set(to, answer->link_id, answer->instance, answer->kind, answer->value);
    answers_set_note(to, answer->link_id, answer->instance, answer->note);
    answers_set_reason(to, answer->link_id, answer->instance, answer->reason);
}

typedef struct {
    Session *session;
    const Walk *walk;
    PaperWish wish;
    const Client *client; /* NULL: the form is about nobody registered */
    const char *path;
    const Consent *consent; /* that it gave; NULL: none yet */
} PaperOrder;

/* Drawing a page takes several megabytes of libraries and fonts: this is done apart. */
static gboolean write_paper(gpointer data, GError **error)
{
    const PaperOrder *order = data;
    const Walk *walk = order->walk;
    const PaperWish wish = order->wish;
    const Client *client = order->client;
    const Response *response = walk_response(walk);
    gboolean protected = client != NULL && client->protection != PROTECTION_NONE;
    const char *number = client != NULL && !protected ? client->id_number : NULL;
    g_autoptr(Answers) answers = answers_new();
    answers_foreach(walk_answers(walk), copy_answer, answers);
    if (wish.kind == PAPER_ANSWERS) {
        const ResponsePaperAbout about = {.client = response->subject,
                                          .id_number = number,
                                          .unit = session_unit_name(order->session),
                                          .staff = session_staff_name(order->session),
                                          .today = clock_today(),
                                          .protected_identity = protected,
                                          .signatures = TRUE,
                                          .unfinished = response->completed_ms == 0};
        return response_pdf_write(walk_form(walk), answers, &about, response->language, wish.large,
                                  order->path, error);
    }
    static const SipPaper PAPERS[] = {[PAPER_PLAN] = SIP_PAPER_PLAN,
                                      [PAPER_CALL] = SIP_PAPER_CALL,
                                      [PAPER_INVITATION] = SIP_PAPER_INVITATION};
    const SipPaperAbout about = {.client = response->subject,
                                 .consent = order->consent,
                                 .id_number = number,
                                 .protected_identity = protected,
                                 .unit = session_unit_name(order->session),
                                 .staff = session_staff_name(order->session),
                                 .today = clock_today(),
                                 .unfinished = response->completed_ms == 0};
    if (wish.kind == PAPER_PLAN && plan_pdf_fits(walk_form(walk)))
        return plan_pdf_write(walk_form(walk), answers, &about, response->language, wish.large,
                              order->path, error);
    g_autofree char *addressee = addressee_text(walk, wish.kind, wish.number);
    return sip_pdf_write(PAPERS[wish.kind], walk_form(walk), answers, &about,
                         wish.kind == PAPER_PLAN ? "" : addressee, response->language, wish.large,
                         order->path, error);
}

/* That of the response; of a correction under way that of the one it corrects. */
static Consent *consent_given(App *app, const Walk *walk, GError **error)
{
    const Response *response = walk_response(walk);
    gint64 id = response->completed_ms != 0 ? response->id : response->corrects_id;
    Consent *consent = NULL;
    consent_of_response(app_session(app), id, &consent, error);
    return consent;
}

static void path_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    const Walk *walk = walk_on_top(app);
    GError *error = NULL;
    if (!yes || walk == NULL)
        return;
    gint64 client_id = walk_response(walk)->client_id;
    g_autofree char *path = import_path_tidy(text);
    g_autoptr(Client) client =
        client_id != 0 ? client_open(app_session(app), client_id, &error) : NULL;
    g_autoptr(Consent) consent = error == NULL ? consent_given(app, walk, &error) : NULL;
    PaperOrder order = {app_session(app), walk, wish_of(data), client, path, consent};
    if (error == NULL &&
        audit_note(app_session(app), "paper", "response", walk_response(walk)->id, client_id,
                   &error) &&
        apart_run(write_paper, &order, &error))
        app_say(app, STYLE_GOOD, _("The paper lies in %s."), path);
    else
        app_error(app, error);
}

static void ask_path(App *app, const Walk *walk, gpointer about)
{
    g_autofree char *path = default_path(walk, wish_of(about));
    dialog_prompt(app, _("Where shall the paper lie? The name of a new file."), path, path_answered,
                  about);
}

static void protected_answered(App *app, gboolean yes, const char *text, gpointer data)
{
    const Walk *walk = walk_on_top(app);
    (void)text;
    if (yes && walk != NULL)
        ask_path(app, walk, data);
}

static void size_chosen(App *app, gint64 large, gint64 paper)
{
    const Walk *walk = walk_on_top(app);
    gpointer about = GINT_TO_POINTER((int)(paper * LARGE + large));
    if (walk == NULL)
        return;
    g_autoptr(GError) ignored = NULL;
    gint64 client_id = walk_response(walk)->client_id;
    ClientRow *row = client_id != 0 ? client_glance(app_session(app), client_id, &ignored) : NULL;
    if (row != NULL && row->protection != PROTECTION_NONE) {
        g_autofree char *question =
            g_strdup_printf(_("%s has protected identity: %s. A paper can be read by whoever finds "
                              "it. Write it all the same?"),
                            row->name, protection_name(row->protection));
        dialog_ask(app, question, protected_answered, about);
    } else {
        ask_path(app, walk, about);
    }
    g_clear_pointer(&row, client_row_free);
}

static void paper_chosen(App *app, gint64 paper, gint64 unused)
{
    (void)unused;
    Choose *choose = choose_new(_("In which size?"), size_chosen, paper);
    choose_add(choose, 0, _("Ordinary print"));
    choose_add(choose, 1, _("Large print"));
    choose_ask(app, choose);
}

void on_overview_papers(App *app, void *state)
{
    const Walk *walk = overview_walk(state);
    gboolean sip = g_strcmp0(walk_form(walk)->name, "sip") == 0;
    if (!sip && !plan_pdf_fits(walk_form(walk))) {
        paper_chosen(app, PAPER_ANSWERS * REPETITIONS, 0);
        return;
    }
    Choose *choose = choose_new(_("Which paper?"), paper_chosen, 0);
    choose_add(choose, PAPER_PLAN * REPETITIONS, _("The plan"));
    add_addressees(choose, walk, PAPER_CALL, "kallade", _("Call to %s"));
    add_addressees(choose, walk, PAPER_INVITATION, "inbjudna", _("Invitation to %s"));
    choose_add(choose, PAPER_ANSWERS * REPETITIONS, _("All answers"));
    choose_ask(app, choose);
}
