/* line_paper.c: the line of the weeks on paper. */
#include "exchange/line_paper.h"

#include "base/i18n.h"
#include "exchange/line_words.h"
#include "exchange/week_words.h"

static PaperMark *marks_of(const WeekLine *line)
{
    PaperMark *marks = g_new0(PaperMark, line->cycles->len + 1);
    for (guint i = 0; i < line->cycles->len; i++) {
        const Cycle *cycle = line->cycles->pdata[i];
        marks[i] = (PaperMark){week_line_point_of(line, cycle), cycle->name};
    }
    return marks;
}

void line_paper_put(Paper *paper, const WeekLine *line)
{
    const guint count = line->weeks->len;
    g_autofree double *rates = g_new0(double, count);
    g_autofree PaperMark *marks = marks_of(line);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < count; i++) {
        rates[i] = week_line_week(line, i)->rate;
        g_ptr_array_add(names, line_words_week(line, i));
    }
    g_autofree char *median = line_words_centre_label(line);
    g_autofree char *target = line_words_target_label(line);
    const PaperChart chart = {.values = rates,
                              .names = (const char *const *)names->pdata,
                              .count = count,
                              .centre = line->chart->parts[0].centre,
                              .target = line->target,
                              .centre_label = median,
                              .target_label = target,
                              .marks = marks,
                              .mark_count = line->cycles->len,
                              .share = TRUE};
    g_autofree char *centre = line_words_centre(line);
    g_autofree char *signal = line_words_signal(line);
    paper_heading(paper, 2, _("Share not taken, week by week"));
    paper_chart(paper, &chart);
    paper_keep(paper);
    paper_text(paper, centre);
    paper_text(paper, signal);
}

void line_paper_definitions(Paper *paper)
{
    g_autofree char *share = week_words_definition();
    paper_heading(paper, 2, _("How it is counted"));
    paper_note(paper, share);
    paper_note(paper,
               _("Median: half of the weeks' shares lie above it, half below. The dashed line "
                 "is the median, the double line the target. A week of which too little is "
                 "recorded has no point."));
    paper_note(paper,
               _("A change is told of by Anhøj's rules: so many weeks in a row on one side of "
                 "the median, or so few crossings of it, as chance alone would hardly "
                 "give."));
}
