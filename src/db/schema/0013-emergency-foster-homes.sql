-- A jourhem is a kind of its own, beside the foster homes it was kept among: socialtjänstlagen (2025:400)
-- names familjehem, jourhem, stödboende and hem för vård eller boende apart.
ALTER TABLE institution RENAME COLUMN kind TO kind_before;
ALTER TABLE institution ADD COLUMN kind TEXT NOT NULL DEFAULT 'other' CHECK (
    kind = 'hvb' OR kind = 'supported-housing' OR kind = 'training-flat' OR kind = 'sis' OR
    kind = 'foster-home' OR kind = 'emergency-foster-home' OR kind = 'other');
UPDATE institution SET kind = kind_before;
ALTER TABLE institution DROP COLUMN kind_before;

-- Which of the two a home is has been answered after placements there. One that was only ever said to be
-- a jourhem is one; the others stay what they were, until somebody changes them in the list.
UPDATE institution SET kind = 'emergency-foster-home'
    WHERE kind = 'foster-home'
    AND EXISTS (
        SELECT 1 FROM placement p JOIN response r ON r.placement_id = p.id
        JOIN answer a ON a.response_id = r.id
        WHERE p.institution_id = institution.id AND r.completed_ms IS NOT NULL
        AND a.item = 'boendeform' AND a.value = 'emergency-foster')
    AND NOT EXISTS (
        SELECT 1 FROM placement p JOIN response r ON r.placement_id = p.id
        JOIN answer a ON a.response_id = r.id
        WHERE p.institution_id = institution.id AND r.completed_ms IS NOT NULL
        AND a.item = 'boendeform' AND a.value <> 'emergency-foster');
