/* sip_plan.c: the plan in plain words, spoken by the person it belongs to. */
#include "exchange/sip_private.h"

#include "base/i18n.h"

#include <string.h>

static void put_heading(const Sip *sip, const char *english)
{
    paper_heading(sip->paper, 2, sip_text(sip, english));
}

/* The person's own words under a small heading of their own; left out when there are none. */
static void put_words(const Sip *sip, const char *english, const char *link_id,
                      const char *instance)
{
    g_autofree char *words = sip_value(sip, link_id, instance);
    if (words == NULL)
        return;
    paper_strong(sip->paper, sip_text(sip, english));
    paper_keep(sip->paper);
    paper_quote(sip->paper, words);
}

/* --- who and why --- */

static void put_person(const Sip *sip)
{
    const SipPaperAbout *about = sip->about;
    sip_put_text(sip, sip_text(sip, N_("The plan belongs to")), about->client);
    if (!about->protected_identity)
        sip_put_text(sip, sip_text(sip, N_("Identity number")), about->id_number);
    sip_put_or_open(sip, sip_text(sip, N_("Made on")), "mote-dag", "");
    sip_put_text(sip, sip_text(sip, N_("Unit")), about->unit);
    sip_put_text(sip, sip_text(sip, N_("Staff")), about->staff);
    sip_put_text(sip, sip_text(sip, N_("Phone")), about->staff_phone);
}

static void put_goals(const Sip *sip)
{
    const int count = sip_repetitions(sip, "plan-mal");
    int goals = 0;
    put_heading(sip, N_("What I want"));
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        g_autofree char *goal = sip_value(sip, "mal", instance);
        if (goal == NULL)
            continue;
        g_autofree char *title = g_strdup_printf(sip_text(sip, N_("Goal %d")), ++goals);
        paper_heading(sip->paper, 3, title);
        paper_quote(sip->paper, goal);
        put_words(sip, N_("How I notice that it is better"), "mal-marks", instance);
        put_words(sip, N_("What I do myself"), "mal-gor-sjalv", instance);
        put_words(sip, N_("What I need help with"), "mal-hjalp", instance);
        sip_put(sip, sip_text(sip, N_("When I want to be there")), "mal-nar", instance);
    }
    if (goals == 0)
        sip_put_nothing(sip, "mal");
}

/* --- the four points of the law --- */

static void put_point_one(const Sip *sip)
{
    const int count = sip_repetitions(sip, "plan-insatser");
    gboolean some = FALSE;
    put_heading(sip, N_("1. Support that is needed"));
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        g_autofree char *support = sip_value(sip, "insats", instance);
        if (support == NULL)
            continue;
        some = TRUE;
        g_autofree char *label = g_strdup_printf(sip_text(sip, N_("Support %d")), number);
        paper_value(sip->paper, label, support);
    }
    if (!some)
        sip_put_nothing(sip, "insats");
}

/* The same numbers as under the first point: the text is not said twice. */
static void put_point_two(const Sip *sip)
{
    const int count = sip_repetitions(sip, "plan-insatser");
    gboolean some = FALSE;
    put_heading(sip, N_("2. Who is responsible for the support"));
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        g_autofree char *support = sip_value(sip, "insats", instance);
        g_autofree char *who = sip_value(sip, "insats-huvudman", instance);
        g_autofree char *where = sip_value(sip, "insats-verksamhet", instance);
        g_autofree char *contact = sip_value(sip, "insats-kontakt", instance);
        if (support == NULL && who == NULL)
            continue;
        some = TRUE;
        g_autofree char *label = g_strdup_printf(sip_text(sip, N_("Support %d")), number);
        g_autofree char *contact_text =
            contact == NULL ? NULL : g_strdup_printf(sip_text(sip, N_("Contact: %s")), contact);
        const char *parts[] = {who != NULL ? who : sip_text(sip, N_("not decided yet")), NULL, NULL,
                               NULL};
        int next = 1;
        if (where != NULL)
            parts[next++] = where;
        if (contact_text != NULL)
            parts[next] = contact_text;
        g_autofree char *text = g_strjoinv("\n", (char **)parts);
        paper_value(sip->paper, label, text);
    }
    if (!some)
        sip_put_nothing(sip, "insats-huvudman");
}

static void put_point_three(const Sip *sip)
{
    const int count = sip_repetitions(sip, "plan-andra");
    const char *others = sip_code(sip, "plan-andra-finns", "");
    gboolean some = FALSE;
    put_heading(sip, N_("3. What others do"));
    if (g_strcmp0(others, "false") == 0) {
        paper_text(sip->paper, sip_text(sip, N_("Nobody but the municipality and the region does "
                                                "anything within the plan.")));
        return;
    }
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        g_autofree char *who = sip_value(sip, "andra-vem", instance);
        g_autofree char *what = sip_value(sip, "andra-vad", instance);
        if (who == NULL && what == NULL)
            continue;
        some = TRUE;
        const char *open = sip_text(sip, N_("not decided yet"));
        paper_value(sip->paper, who != NULL ? who : open, what != NULL ? what : open);
    }
    if (!some)
        sip_put_nothing(sip, "plan-andra-finns");
}

static void put_point_four(const Sip *sip)
{
    const char *code = sip_code(sip, "plan-ansvar", "");
    g_autofree char *who = sip_value(sip, "plan-ansvar", "");
    put_heading(sip, N_("4. Overall responsibility"));
    if (g_strcmp0(code, "municipality") == 0)
        paper_text(sip->paper, sip_text(sip, N_("The municipality has the overall responsibility "
                                                "for the plan.")));
    else if (g_strcmp0(code, "region") == 0)
        paper_text(sip->paper, sip_text(sip, N_("The region has the overall responsibility for the "
                                                "plan.")));
    else if (who != NULL)
        paper_text(sip->paper, who);
    else
        sip_put_nothing(sip, "plan-ansvar");
    sip_put(sip, sip_text(sip, N_("Who holds the plan together")), "plan-samordnare", "");
}

/* --- what is done --- */

static void put_actions(const Sip *sip)
{
    const int count = sip_repetitions(sip, "plan-gor");
    int actions = 0;
    put_heading(sip, N_("Who does what, and when"));
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        g_autofree char *what = sip_value(sip, "gor-vad", instance);
        if (what == NULL)
            continue;
        paper_point(sip->paper, ++actions, what);
        paper_keep(sip->paper);
        paper_indent(sip->paper, 1);
        sip_put_or_open(sip, sip_text(sip, N_("Who")), "gor-vem", instance);
        paper_keep(sip->paper);
        sip_put_or_open(sip, sip_text(sip, N_("At the latest")), "gor-nar", instance);
        paper_indent(sip->paper, 0);
    }
    if (actions == 0)
        sip_put_nothing(sip, "gor-vad");
}

static void put_worse(const Sip *sip)
{
    g_autofree char *worse = sip_value(sip, "plan-samre", "");
    g_autofree char *coordinator = sip_value(sip, "plan-samordnare", "");
    put_heading(sip, N_("If it gets worse, and whom I call"));
    if (worse != NULL)
        paper_quote(sip->paper, worse);
    else
        sip_put_nothing(sip, "plan-samre");
    sip_put_text(sip, sip_text(sip, N_("When something in the plan does not work")), coordinator);
    sip_put_text(sip, sip_text(sip, N_("When a life is in danger")), "112");
}

static void put_follow_up(const Sip *sip)
{
    put_heading(sip, N_("Follow-up"));
    if (sip_has(sip, "uppfoljning-dag"))
        sip_put_or_open(sip, sip_text(sip, N_("Day")), "uppfoljning-dag", "");
    else
        sip_put_nothing(sip, "uppfoljning-dag");
    sip_put(sip, sip_text(sip, N_("Who calls the meeting")), "uppfoljning-vem", "");
    sip_put(sip, sip_text(sip, N_("Next follow-up")), "nasta-dag", "");
}

/* --- who was there, and signs --- */

static void put_present(const Sip *sip)
{
    const int count = sip_repetitions(sip, "narvarande");
    gboolean some = FALSE;
    put_heading(sip, N_("Who was there"));
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        g_autofree char *name = sip_value(sip, "narvarande-namn", instance);
        g_autofree char *role = sip_value(sip, "narvarande-roll", instance);
        if (name == NULL)
            continue;
        some = TRUE;
        g_autofree char *text =
            role == NULL ? g_strdup(name) : g_strdup_printf("%s, %s", name, role);
        paper_bullet(sip->paper, text);
    }
    if (!some)
        sip_put_nothing(sip, "narvarande-namn");
    g_autofree char *how = sip_value(sip, "person-med", "");
    if (how != NULL) {
        g_autofree char *label =
            g_strdup_printf(sip_text(sip, N_("Was %s there?")), sip->about->client);
        paper_value(sip->paper, label, how);
    }
    sip_put(sip, sip_text(sip, N_("Who gets the plan")), "plan-till", "");
    sip_put_consent(sip);
}

static gboolean is_given_to(const Sip *sip, const char *code)
{
    const Answer *answer = answers_get(sip->answers, "plan-till", "");
    return sip_code(sip, "plan-till", "") != NULL && answers_has_code(answer, code);
}

static void put_signature(const Sip *sip, const char *who)
{
    paper_signature(sip->paper, who, sip_text(sip, N_("Signature and name in print")),
                    sip_text(sip, N_("Date")));
}

static void put_signatures(const Sip *sip)
{
    const gboolean minor = g_strcmp0(sip_code(sip, "sip-under-18", ""), "true") == 0;
    const gboolean custodian = minor || is_given_to(sip, "custodian") ||
                               sip_some(sip, "deltagare", "deltagare-roll", "custodian");
    const gboolean guardian =
        is_given_to(sip, "guardian") || sip_some(sip, "deltagare", "deltagare-roll", "guardian");
    put_heading(sip, N_("Signatures"));
    paper_text(sip->paper, sip_text(sip, N_("I have been part of the plan and agree to it. I can "
                                            "take back my consent whenever I want.")));
    paper_keep(sip->paper);
    put_signature(sip, sip->about->client);
    for (int i = 0; i < (custodian ? 2 : 0); i++)
        put_signature(sip, sip_text(sip, N_("Guardian of the child")));
    if (guardian)
        put_signature(sip, sip_text(sip, N_("Legal guardian or trustee")));
    put_signature(sip, sip_text(sip, N_("For the municipality")));
    put_signature(sip, sip_text(sip, N_("For the region")));
}

void sip_write_plan(const Sip *sip)
{
    put_person(sip);
    if (sip->about->disputed != NULL)
        paper_note(sip->paper,
                   sip_text(sip, N_("The person says that something here is wrong. The "
                                    "municipality has noted what.")));
    put_words(sip, N_("How things are now"), "plan-situation", "");
    put_goals(sip);
    paper_heading(sip->paper, 2, sip_text(sip, N_("What we have agreed on")));
    paper_text(sip->paper,
               sip_text(sip, N_("The law says that the plan must show four things. They have the "
                                "numbers 1 to 4 here.")));
    put_point_one(sip);
    put_point_two(sip);
    put_point_three(sip);
    put_point_four(sip);
    put_actions(sip);
    put_worse(sip);
    put_follow_up(sip);
    put_words(sip, N_("What I think of the plan"), "plan-delaktig-ord", "");
    put_present(sip);
    if (!sip->about->unfinished)
        put_signatures(sip);
}
