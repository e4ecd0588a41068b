/* form_pdf.h: a blank form as PDF, to fill in by hand or send by post. */
#pragma once

#include "form/form.h"

/* Writes the form in `language` ("sv", "en", "fi") to `path`, in ordinary or large print.
 *
 * The questions have the numbers they have on the screen (FlowStep.number). What is asked only on a
 * condition says so in words ("Svara bara om svaret på fråga 7 är ”Ja”"), a yes/no question also
 * where to go on; a repeating group has room for two to four. Names that the screen fills in are
 * lines to write on, but for one in a greeting, which is left out. "Vet ej" and "Vill inte svara"
 * stand as boxes of their own where the questions are an interview's or must have an answer.
 *
 * In ordinary print the questions stand in two columns: an intake must not take more sheets than
 * somebody can carry to a home visit.
 *
 * A file that is there already is never overwritten. Errors as paper_new() and paper_write(). */
gboolean form_pdf_write(const Form *form, const char *language, gboolean large, const char *path,
                        GError **error);
