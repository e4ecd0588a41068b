/* sip_meeting.c: the call to a principal and the invitation to others. sip_pdf.h says what may
 * stand on them; nothing is taken from an answer that is not named there. */
#include "exchange/sip_private.h"

#include "base/i18n.h"

/* The law that was in force on the day the question of a SIP came up (SFS 2025:400 from that day
 * on). */
static gboolean is_present_law(const Sip *sip)
{
    const char *asked = sip_code(sip, "behov-dag", "");
    const Date day = asked != NULL ? date_parse(asked) : sip->about->today;
    return day == DATE_NONE || day >= date_from_ymd(2025, 7, 1);
}

static void put_named(const Sip *sip, const char *english)
{
    g_autofree char *text = g_strdup_printf(sip_text(sip, english), sip->about->client);
    paper_text(sip->paper, text);
}

static void put_from_and_to(const Sip *sip, SipPaper kind)
{
    const SipPaperAbout *about = sip->about;
    sip_put_text(sip, sip_text(sip, N_("To")), sip->addressee);
    sip_put_text(sip, sip_text(sip, N_("Sent by")), about->unit);
    sip_put_text(sip, sip_text(sip, N_("Who asks you")), about->staff);
    sip_put_text(sip, sip_text(sip, N_("Phone")), about->staff_phone);
    sip_put_text(sip, sip_text(sip, N_("Concerns")), about->client);
    if (kind == SIP_PAPER_CALL && !about->protected_identity)
        sip_put_text(sip, sip_text(sip, N_("Identity number")), about->id_number);
}

static void put_why(const Sip *sip, SipPaper kind)
{
    if (kind == SIP_PAPER_INVITATION) {
        put_named(sip, N_("%s would like you to come to a meeting where a SIP is made. A SIP is a "
                          "common plan for somebody who gets support from several sides."));
        return;
    }
    put_named(sip,
              N_("%s needs support from both the municipality and the region and has agreed to "
                 "a coordinated individual plan (SIP). You are called to the meeting where "
                 "the plan is made."));
    paper_text(sip->paper,
               is_present_law(sip)
                   ? sip_text(sip, N_("The municipality and the region make the plan together when "
                                      "one of them judges that it is needed, and without delay: "
                                      "10 kap. 8–9 §§ socialtjänstlagen (2025:400) and 16 kap. 4 § "
                                      "hälso- och sjukvårdslagen (2017:30)."))
                   : sip_text(sip, N_("The municipality and the region make the plan together when "
                                      "one of them judges that it is needed, and without delay: "
                                      "2 kap. 7 § socialtjänstlagen (2001:453) and 16 kap. 4 § "
                                      "hälso- och sjukvårdslagen (2017:30).")));
}

static void put_when(const Sip *sip)
{
    paper_heading(sip->paper, 2, sip_text(sip, N_("When and where")));
    sip_put_or_open(sip, sip_text(sip, N_("Day")), "mote-dag", "");
    sip_put_or_open(sip, sip_text(sip, N_("Time")), "mote-tid", "");
    g_autofree char *minutes = sip_value(sip, "langd", "");
    if (minutes != NULL) {
        g_autofree char *length = g_strdup_printf(sip_text(sip, N_("%s minutes")), minutes);
        sip_put_text(sip, sip_text(sip, N_("Length")), length);
    }
    sip_put_or_open(sip, sip_text(sip, N_("Place")), "mote-plats", "");
    sip_put(sip, sip_text(sip, N_("How we meet")), "mote-form", "");
}

/* "Regionen, Psykiatriska mottagningen". New; NULL where nobody is named. */
static char *called_text(const Sip *sip, const char *instance)
{
    g_autofree char *principal = sip_value(sip, "kallad-huvudman", instance);
    g_autofree char *where = sip_value(sip, "kallad-verksamhet", instance);
    if (principal == NULL || where == NULL)
        return g_strdup(principal != NULL ? principal : where);
    return g_strdup_printf("%s, %s", principal, where);
}

/* The principals that are called, by activity, and of everybody else the role alone: a relative's
 * name is no business of those who are called. */
static void put_participants(const Sip *sip)
{
    const int called = sip_repetitions(sip, "kallade"), others = sip_repetitions(sip, "deltagare");
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (int number = 1; number <= called; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        char *text = called_text(sip, instance);
        if (text != NULL)
            g_ptr_array_add(lines, text);
    }
    for (int number = 1; number <= others; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        const char *role = sip_code(sip, "deltagare-roll", instance);
        const gboolean principal =
            g_strcmp0(role, "municipality") == 0 || g_strcmp0(role, "region") == 0;
        char *text = principal ? NULL : sip_value(sip, "deltagare-roll", instance);
        if (text != NULL)
            g_ptr_array_add(lines, text);
    }
    if (lines->len == 0)
        return;
    paper_heading(sip->paper, 2, sip_text(sip, N_("Who comes to the meeting")));
    for (guint i = 0; i < lines->len; i++)
        paper_bullet(sip->paper, g_ptr_array_index(lines, i));
}

/* What may be told at the meeting, and what makes it work; not the exceptions, which would tell of
 * what they keep back. */
static void put_consent_and_needs(const Sip *sip)
{
    g_autofree char *about = sip_value(sip, "samtycke-om", "");
    g_autofree char *needs = sip_value(sip, "anpassning", "");
    if (about != NULL) {
        paper_heading(sip->paper, 2, sip_text(sip, N_("What the consent covers")));
        paper_text(sip->paper, about);
        sip_put_consent(sip);
    }
    if (needs != NULL) {
        paper_heading(sip->paper, 2, sip_text(sip, N_("What makes the meeting work")));
        paper_text(sip->paper, needs);
    }
}

/* The questions in the person's own words, and who is to answer them. */
static void put_questions(const Sip *sip)
{
    const int count = sip_repetitions(sip, "fragor");
    gboolean begun = FALSE;
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        g_autofree char *question = sip_value(sip, "fraga", instance);
        g_autofree char *to = sip_value(sip, "fraga-till", instance);
        if (question == NULL)
            continue;
        if (!begun)
            paper_heading(sip->paper, 2, sip_text(sip, N_("Questions that the meeting answers")));
        begun = TRUE;
        g_autofree char *text =
            to == NULL ? g_strdup(question)
                       : g_strdup_printf(sip_text(sip, N_("%s (to %s)")), question, to);
        paper_bullet(sip->paper, text);
    }
}

static void put_agenda(const Sip *sip)
{
    const int count = sip_repetitions(sip, "dagordning");
    int points = 0;
    paper_heading(sip->paper, 2, sip_text(sip, N_("Agenda")));
    for (int number = 1; number <= count; number++) {
        g_autofree char *instance = g_strdup_printf("%d", number);
        g_autofree char *point = sip_value(sip, "punkt", instance);
        g_autofree char *minutes = sip_value(sip, "punkt-minuter", instance);
        if (point == NULL)
            continue;
        g_autofree char *text =
            minutes == NULL ? g_strdup(point)
                            : g_strdup_printf(sip_text(sip, N_("%s (%s minutes)")), point, minutes);
        paper_point(sip->paper, ++points, text);
    }
    if (points == 0)
        sip_put_nothing(sip, "punkt");
    else
        paper_text(sip->paper, sip_text(sip, N_("Nothing else is brought up without everybody's "
                                                "consent.")));
    put_named(sip, N_("%s may take a break, stop the meeting and book a new time."));
}

static void put_expected(const Sip *sip, SipPaper kind)
{
    static const char *const CALLED[] = {
        N_("Come, or send somebody who may decide for you or who knows what you can promise."),
        N_("Find out before the meeting what you can do."),
        N_("Tell us if somebody else from you ought to come as well."),
        N_("Bring only what the consent covers. Ask us if you are not sure."),
    };
    static const char *const INVITED[] = {
        N_("You choose yourself whether to come and what to say."),
        N_("You need not prepare anything."),
        N_("What you agree on is written down. Staff may not pass on what is said, but must report "
           "it if a child may be coming to harm."),
    };
    const gboolean called = kind == SIP_PAPER_CALL;
    const guint count = called ? G_N_ELEMENTS(CALLED) : G_N_ELEMENTS(INVITED);
    paper_heading(sip->paper, 2,
                  called ? sip_text(sip, N_("What we ask of you"))
                         : sip_text(sip, N_("Good to know")));
    for (guint i = 0; i < count; i++)
        paper_bullet(sip->paper, sip_text(sip, called ? CALLED[i] : INVITED[i]));
}

/* The day when those are reminded who have not answered is the last to answer before that. */
static void put_answer(const Sip *sip)
{
    const SipPaperAbout *about = sip->about;
    const char *const answers[] = {
        sip_text(sip, N_("Comes")),
        sip_text(sip, N_("Takes part at a distance")),
        sip_text(sip, N_("Cannot come")),
    };
    paper_heading(sip->paper, 2, sip_text(sip, N_("Answer")));
    g_autofree char *before = sip_value(sip, "kallelse-paminn", "");
    g_autofree char *last =
        before != NULL ? g_strdup_printf(sip_text(sip, N_("Please answer before %s.")), before)
                       : g_strdup(sip_text(sip, N_("Please answer as soon as you can.")));
    paper_text(sip->paper, last);
    paper_keep(sip->paper);
    if (about->staff_phone == NULL) {
        paper_label_line(sip->paper, sip_text(sip, N_("Answer to this phone number:")));
        paper_keep(sip->paper);
        paper_label_line(sip->paper, sip_text(sip, N_("E-mail and postal address:")));
        paper_keep(sip->paper);
    }
    if (about->staff != NULL && about->staff_phone != NULL) {
        g_autofree char *call = g_strdup_printf(sip_text(sip, N_("Call %s on %s, or hand in this "
                                                                 "answer.")),
                                                about->staff, about->staff_phone);
        paper_text(sip->paper, call);
    }
    paper_keep(sip->paper);
    paper_ticks(sip->paper, answers, G_N_ELEMENTS(answers));
    paper_keep(sip->paper);
    paper_label_line(sip->paper, sip_text(sip, N_("Who comes:")));
    paper_keep(sip->paper);
    paper_label_line(sip->paper, sip_text(sip, N_("Phone:")));
    paper_keep(sip->paper);
    paper_label_line(sip->paper, sip_text(sip, N_("We ought to know:")));
}

void sip_write_meeting(const Sip *sip, SipPaper kind)
{
    put_from_and_to(sip, kind);
    put_why(sip, kind);
    put_when(sip);
    if (kind == SIP_PAPER_CALL) {
        put_participants(sip);
        put_consent_and_needs(sip);
    }
    paper_heading(sip->paper, 2, sip_text(sip, N_("Purpose of the meeting")));
    put_named(sip, N_("We agree on what support %s needs, who is responsible for what, who does "
                      "what and when, and how it is followed up."));
    if (kind == SIP_PAPER_CALL)
        put_questions(sip);
    put_agenda(sip);
    put_expected(sip, kind);
    put_answer(sip);
}
