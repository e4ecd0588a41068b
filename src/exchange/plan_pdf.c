/* plan_pdf.c: the plan of action in plain words, spoken by the person it belongs to. The linkIds
 * are those of forms/handlingsplan.yaml. */
#include "exchange/plan_pdf.h"

#include "base/i18n.h"
#include "exchange/sip_private.h"

gboolean plan_pdf_fits(const Form *form)
{
    return form_item(form, "mal-vad") != NULL && form_item(form, "gor-du") != NULL;
}

/* A heading, and under it what somebody has said; left out when nothing has been. */
typedef struct {
    const char *english; /* the small heading; NULL: none */
    const char *link_id;
    gboolean own_words;
} Said;

static gboolean put_said(const Sip *sip, const Said *said, const char *instance)
{
    g_autofree char *words = sip_value(sip, said->link_id, instance);
    if (words == NULL)
        return FALSE;
    if (said->english != NULL) {
        paper_strong(sip->paper, i18n_text_in(sip->language, said->english));
        paper_keep(sip->paper);
    }
    if (said->own_words)
        paper_quote(sip->paper, words);
    else
        paper_text(sip->paper, words);
    return TRUE;
}

static gboolean has_some(const Sip *sip, const Said *said, gsize count)
{
    gboolean some = FALSE;
    for (gsize i = 0; i < count && !some; i++) {
        g_autofree char *words = sip_value(sip, said[i].link_id, "");
        some = words != NULL;
    }
    return some;
}

static void put_section(const Sip *sip, const char *heading, const Said *said, gsize count)
{
    if (!has_some(sip, said, count))
        return;
    paper_heading(sip->paper, 2, i18n_text_in(sip->language, heading));
    for (gsize i = 0; i < count; i++)
        put_said(sip, &said[i], "");
}

static void put_person(const Sip *sip)
{
    const SipPaperAbout *about = sip->about;
    sip_put_text(sip, sip_text(sip, N_("The plan belongs to")), about->client);
    if (!about->protected_identity)
        sip_put_text(sip, sip_text(sip, N_("Identity number")), about->id_number);
    sip_put_text(sip, sip_text(sip, N_("Unit")), about->unit);
    sip_put_text(sip, sip_text(sip, N_("Staff")), about->staff);
    sip_put_text(sip, sip_text(sip, N_("Phone")), about->staff_phone);
}

static void put_goals(const Sip *sip)
{
    static const Said GOAL[] = {
        {NULL, "mal-vad", TRUE},
        {N_("Why it matters to me"), "mal-varfor", TRUE},
        {N_("The first small step"), "mal-delmal", TRUE},
        {N_("How I notice that it is better"), "mal-marks", TRUE},
    };
    const int count = sip_repetitions(sip, "mal-grupp");
    int goals = 0;
    paper_heading(sip->paper, 2, sip_text(sip, N_("What I want")));
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        g_autofree char *goal = sip_value(sip, "mal-vad", instance);
        if (goal == NULL)
            continue;
        g_autofree char *title = g_strdup_printf(sip_text(sip, N_("Goal %d")), ++goals);
        paper_heading(sip->paper, 3, title);
        for (gsize i = 0; i < G_N_ELEMENTS(GOAL); i++)
            put_said(sip, &GOAL[i], instance);
    }
    if (goals == 0)
        sip_put_nothing(sip, "mal-vad");
}

static void put_steps(const Sip *sip)
{
    const int count = sip_repetitions(sip, "steg");
    int steps = 0;
    paper_heading(sip->paper, 2, sip_text(sip, N_("Who does what, and when")));
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        g_autofree char *what = sip_value(sip, "steg-vad", instance);
        if (what == NULL)
            continue;
        paper_point(sip->paper, ++steps, what);
        paper_keep(sip->paper);
        paper_indent(sip->paper, 1);
        sip_put_or_open(sip, sip_text(sip, N_("Who")), "steg-vem", instance);
        paper_keep(sip->paper);
        sip_put_or_open(sip, sip_text(sip, N_("At the latest")), "steg-nar", instance);
        paper_indent(sip->paper, 0);
    }
    if (steps == 0)
        sip_put_nothing(sip, "steg-vad");
}

static void put_follow_up(const Sip *sip)
{
    paper_heading(sip->paper, 2, sip_text(sip, N_("Follow-up")));
    sip_put_or_open(sip, sip_text(sip, N_("Day")), "uppfoljning-dag", "");
    sip_put(sip, sip_text(sip, N_("How we meet")), "uppfoljning-satt", "");
    sip_put(sip, sip_text(sip, N_("Next follow-up")), "nasta-dag", "");
    sip_put_text(sip, sip_text(sip, N_("When a life is in danger")), "112");
}

static void put_signatures(const Sip *sip)
{
    const char *const who[] = {sip->about->client, sip_text(sip, N_("Staff"))};
    paper_heading(sip->paper, 2, sip_text(sip, N_("Signatures")));
    paper_text(sip->paper,
               sip_text(sip, N_("The plan is mine, and I can have it changed whenever I want.")));
    for (gsize i = 0; i < G_N_ELEMENTS(who); i++) {
        paper_keep(sip->paper);
        paper_signature(sip->paper, who[i], sip_text(sip, N_("Signature and name in print")),
                        sip_text(sip, N_("Date")));
    }
}

static void put_plan(const Sip *sip)
{
    static const Said NOW[] = {{NULL, "nulage-ord", TRUE},
                               {N_("What works well"), "nulage-bra", TRUE},
                               {N_("What is hard"), "nulage-svart", TRUE}};
    static const Said HELP[] = {{N_("What I am good at"), "resurser-egna", TRUE},
                                {N_("People who can help"), "resurser-manniskor", TRUE},
                                {N_("Other support"), "resurser-annat", FALSE},
                                {N_("What has helped before"), "mojligheter-provat", TRUE}};
    static const Said DOES[] = {
        {N_("What I do myself"), "gor-du", TRUE},
        {N_("What the staff do"), "gor-vi", FALSE},
        {N_("How I want the support to be given"), "gor-hur", TRUE},
        {N_("What others do"), "gor-andra", FALSE},
        {N_("A day when I do not have the strength"), "gor-tung-dag", TRUE}};
    static const Said TIME[] = {{NULL, "tid-ord", TRUE},
                                {N_("What we have agreed on"), "tid-overens", FALSE}};
    static const Said THINKS[] = {{NULL, "delaktig-ord", TRUE}};
    put_person(sip);
    put_section(sip, N_("How things are now"), NOW, G_N_ELEMENTS(NOW));
    put_goals(sip);
    put_section(sip, N_("What helps me"), HELP, G_N_ELEMENTS(HELP));
    put_section(sip, N_("What each of us does"), DOES, G_N_ELEMENTS(DOES));
    put_section(sip, N_("How long I think I need the support"), TIME, G_N_ELEMENTS(TIME));
    put_steps(sip);
    put_follow_up(sip);
    put_section(sip, N_("What I think of the plan"), THINKS, G_N_ELEMENTS(THINKS));
    if (!sip->about->unfinished)
        put_signatures(sip);
}

gboolean plan_pdf_write(const Form *form, Answers *answers, const SipPaperAbout *about,
                        const char *language, gboolean large, const char *path, GError **error)
{
    if (!plan_pdf_fits(form)) {
        g_set_error(error, DAGSFORM_ERROR, ERROR_INPUT,
                    _("The form “%s” has none of the questions that a plan of action is written "
                      "from. Choose the form handlingsplan."),
                    form_text(form->title));
        return FALSE;
    }
    g_autoptr(Flow) flow = flow_new(form, answers, about->today);
    const PaperHead head = {.title = i18n_text_in(language, N_("Plan of action")),
                            .language = language,
                            .large = large,
                            .unit = about->unit,
                            .person = about->client,
                            .unfinished = about->unfinished,
                            .date = about->today};
    g_autoptr(Paper) paper = paper_new(&head, error);
    if (paper == NULL)
        return FALSE;
    const Sip sip = {.form = form,
                     .answers = answers,
                     .flow = flow,
                     .about = about,
                     .addressee = "",
                     .language = language,
                     .paper = paper};
    paper_heading(paper, 1, head.title);
    if (about->disputed != NULL)
        paper_value(paper, sip_text(&sip, N_("The person says that something here is wrong")),
                    about->disputed);
    put_plan(&sip);
    return paper_write(paper, path, FALSE, error);
}
