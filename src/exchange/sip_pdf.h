/* sip_pdf.h: the papers of a SIP (samordnad individuell plan): the call to a principal, the
 * invitation to anybody else, and the plan.
 *
 * What may stand on which paper:
 *
 *   call        to the municipality's or the region's activities (kallelse till huvudman). Name and
 *               identity number, because health care finds a patient by it; the meeting; the
 *               agenda; who is called and in which roles others come; what the consent covers;
 *               what makes the meeting work for the person, of the form's choices; the questions
 *               for the meeting, of which the person has been told that they stand in the call.
 *               Not what is to be coordinated, what is important to the person, what the consent
 *               leaves out, adaptations in the person's own words, why somebody is called, or the
 *               names of those who come with the person: those may tell of health or of contacts
 *               to one who is not to know.
 *   invitation  to relatives, school, employer and others (inbjudan): name, meeting and agenda.
 *   plan        to the person and those it is given to: what was agreed. Not the notes of the
 *               meeting, the preparation or the consent's exceptions.
 *
 * Where the unit's phone is not known the call and the invitation have lines to write it on.
 *
 * The call and the invitation are only written while there is a consent that is in force; nobody
 * whom the person does not want there gets one. Under protected identity no number is printed; an
 * address of the person never is. The four points that the law requires of the plan (10 kap. 8–9 §§
 * SoL 2025:400 and 16 kap. 4 § HSL, before that 2 kap. 7 § SoL 2001:453) stand under their numbers.
 */
#pragma once

#include "exchange/sip_paper.h"
#include "form/answers.h"

/* Writes one paper from the answers to the form sip. What has not been answered is left out or is
 * "inte bestämt ännu"; where a unit's own form lacks the question, the paper has lines to write on
 * instead. `addressee` is who is called or invited (not used for the plan). `answers` are as
 * flow_new() takes them.
 *
 * ERROR_INPUT when the form is no SIP at all, when the consent is missing, withdrawn or has run
 * out, or when the addressee is somebody the person does not want there. A file that is there
 * already is never overwritten; other errors as paper_new() and paper_write(). */
gboolean sip_pdf_write(SipPaper kind, const Form *form, Answers *answers,
                       const SipPaperAbout *about, const char *addressee, const char *language,
                       gboolean large, const char *path, GError **error);
