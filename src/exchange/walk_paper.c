/* walk_paper.c: which papers a response has, and one of them written. */
#include "exchange/walk_paper.h"

#include "base/apart.h"
#include "base/clock.h"
#include "base/i18n.h"
#include "care/client/client.h"
#include "care/client/consent.h"
#include "care/client/dispute.h"
#include "care/response/respondent.h"
#include "care/unit/audit.h"
#include "exchange/plan_pdf.h"
#include "exchange/response_pdf.h"
#include "exchange/sip_pdf.h"

/* --- which there are -------------------------------------------------------------------------- */

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
    if (kind == WALK_PAPER_INVITATION)
        return answer_text(walk, "inbjuden-person", number);
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(CALLED); i++) {
        g_autofree char *part = answer_text(walk, CALLED[i], number);
        if (part[0] != '\0')
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", part);
    }
    return g_strdup(text->str);
}

static void paper_free(gpointer data)
{
    WalkPaper *paper = data;
    g_free(paper->label);
    g_free(paper);
}

static void add(GPtrArray *papers, int kind, int number, const char *label)
{
    WalkPaper *paper = g_new0(WalkPaper, 1);
    *paper = (WalkPaper){.kind = kind, .number = number, .label = g_strdup(label)};
    g_ptr_array_add(papers, paper);
}

static void add_addressees(GPtrArray *papers, const Walk *walk, int kind, const char *group,
                           const char *format)
{
    const FormItem *item = form_item(walk_form(walk), group);
    int count = item != NULL ? answers_repetitions(walk_answers(walk), item, "") : 0;
    for (int number = 1; number <= count; number++) {
        g_autofree char *who = addressee_text(walk, kind, number);
        g_autofree char *label = g_strdup_printf(format, who);
        if (who[0] != '\0')
            add(papers, kind, number, label);
    }
}

GPtrArray *walk_papers(const Walk *walk)
{
    GPtrArray *papers = g_ptr_array_new_with_free_func(paper_free);
    if (g_strcmp0(walk_form(walk)->name, "sip") == 0 || plan_pdf_fits(walk_form(walk))) {
        add(papers, WALK_PAPER_PLAN, 0, _("The plan"));
        add_addressees(papers, walk, WALK_PAPER_CALL, "kallade", _("Call to %s"));
        add_addressees(papers, walk, WALK_PAPER_INVITATION, "inbjudna", _("Invitation to %s"));
    }
    add(papers, WALK_PAPER_ANSWERS, 0, _("All answers"));
    return papers;
}

char *walk_paper_doubt(Session *session, const Walk *walk)
{
    g_autoptr(GError) ignored = NULL;
    gint64 client_id = walk_response(walk)->client_id;
    ClientRow *row = client_id != 0 ? client_glance(session, client_id, &ignored) : NULL;
    char *doubt =
        row != NULL && row->protection != PROTECTION_NONE
            ? g_strdup_printf(_("%s has protected identity: %s. A paper can be read by whoever "
                                "finds it. Write it all the same?"),
                              row->name, protection_name(row->protection))
            : NULL;
    g_clear_pointer(&row, client_row_free);
    return doubt;
}

char *walk_paper_path(const Walk *walk, const WalkPaper *paper)
{
    static const char *const NAMES[] = {"svar", "plan", "kallelse", "inbjudan"};
    char date[DATE_SIZE];
    const gboolean other =
        g_strcmp0(walk_response(walk)->respondent, respondent_code(RESPONDENT_PARENT_2)) == 0;
    const int apart =
        other ? 2 : paper->number; /* the two parents' papers have names of their own */
    g_autofree char *number = apart > 0 ? g_strdup_printf("-%d", apart) : g_strdup("");
    g_autofree char *name =
        g_strdup_printf("%s-%s%s-%s.pdf", walk_form(walk)->name, NAMES[paper->kind], number,
                        date_format(clock_today(), date));
    return g_build_filename(g_get_home_dir(), name, NULL);
}

/* --- writing one ------------------------------------------------------------------------------ */

static void copy_answer(const Answer *answer, gpointer to)
{
    answers_set(to, answer->link_id, answer->instance, answer->kind, answer->value);
    answers_set_note(to, answer->link_id, answer->instance, answer->note);
    answers_set_reason(to, answer->link_id, answer->instance, answer->reason);
}

typedef struct {
    Session *session;
    const Walk *walk;
    const WalkPaper *paper;
    gboolean large;
    const Client *client; /* NULL: the form is about nobody registered */
    const char *path;
    const Consent *consent;    /* that it gave; NULL: none yet */
    const GPtrArray *disputes; /* Dispute *: what the client says is wrong; NULL: nothing */
} PaperOrder;

/* Drawing a page takes several megabytes of libraries and fonts: this is done apart. */
static gboolean write_apart(gpointer data, GError **error)
{
    const PaperOrder *order = data;
    const Walk *walk = order->walk;
    const WalkPaper *paper = order->paper;
    const Client *client = order->client;
    const Response *response = walk_response(walk);
    Respondent respondent;
    const gboolean said = respondent_parse(response->respondent, &respondent);
    gboolean protected = client != NULL && client->protection != PROTECTION_NONE;
    const char *number = client != NULL && !protected ? client->id_number : NULL;
    g_autoptr(Answers) answers = answers_new();
    answers_foreach(walk_answers(walk), copy_answer, answers);
    if (paper->kind == WALK_PAPER_ANSWERS) {
        const ResponsePaperAbout about = {
            .client = response->subject,
            .id_number = number,
            .unit = session_unit_name(order->session),
            .staff = session_staff_name(order->session),
            .respondent = said ? respondent_name_in(respondent, response->language) : NULL,
            .disputes = order->disputes,
            .response_id = response->id,
            .today = clock_today(),
            .protected_identity = protected,
            .signatures = TRUE,
            .unfinished = response->completed_ms == 0};
        return response_pdf_write(walk_form(walk), answers, &about, response->language,
                                  order->large, order->path, error);
    }
    static const SipPaper PAPERS[] = {[WALK_PAPER_PLAN] = SIP_PAPER_PLAN,
                                      [WALK_PAPER_CALL] = SIP_PAPER_CALL,
                                      [WALK_PAPER_INVITATION] = SIP_PAPER_INVITATION};
    g_autofree char *disputed = order->disputes != NULL
                                    ? dispute_beside(order->disputes, DISPUTE_RESPONSE,
                                                     response->id, NULL, response->language)
                                    : NULL;
    const SipPaperAbout about = {.client = response->subject,
                                 .consent = order->consent,
                                 .id_number = number,
                                 .protected_identity = protected,
                                 .unit = session_unit_name(order->session),
                                 .staff = session_staff_name(order->session),
                                 .disputed = disputed,
                                 .today = clock_today(),
                                 .unfinished = response->completed_ms == 0};
    if (paper->kind == WALK_PAPER_PLAN && plan_pdf_fits(walk_form(walk)))
        return plan_pdf_write(walk_form(walk), answers, &about, response->language, order->large,
                              order->path, error);
    g_autofree char *addressee = addressee_text(walk, paper->kind, paper->number);
    return sip_pdf_write(PAPERS[paper->kind], walk_form(walk), answers, &about,
                         paper->kind == WALK_PAPER_PLAN ? "" : addressee, response->language,
                         order->large, order->path, error);
}

/* That of the response; of a correction under way that of the one it corrects. */
static gboolean read_consent(Session *session, const Walk *walk, Consent **consent, GError **error)
{
    const Response *response = walk_response(walk);
    gint64 id = response->completed_ms != 0 ? response->id : response->corrects_id;
    return consent_of_response(session, id, consent, error);
}

gboolean walk_paper_write(Session *session, const Walk *walk, const WalkPaper *paper,
                          gboolean large, const char *path, GError **error)
{
    const Response *response = walk_response(walk);
    g_autoptr(Consent) consent = NULL;
    g_autoptr(Client) client = NULL;
    if (response->client_id != 0 &&
        (client = client_open(session, response->client_id, error)) == NULL)
        return FALSE;
    g_autoptr(GPtrArray) disputes = NULL;
    if (!read_consent(session, walk, &consent, error) ||
        (client != NULL && (disputes = dispute_of_client(session, client->id, error)) == NULL))
        return FALSE;
    PaperOrder order = {session, walk, paper, large, client, path, consent, disputes};
    return audit_note(session, "paper", "response", response->id, response->client_id, error) &&
           apart_run(write_apart, &order, error);
}
