"""What the database refuses of editions, whoever asks: an edition too soon, and a text that was not published."""

from typing import Final

import pgtrigger

# Clause 7.4: as many days after its publication as the edition in force on that day promises. The very first, which
# follows none, is in force from its publication (clause 7.3).
EDITION_COMES_AFTER_NOTICE: Final = pgtrigger.Trigger(
    name="edition_comes_after_notice",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("last", "date"), ("notice", "integer")],
    func="""
        SELECT max(in_force_from) INTO last FROM regulation_regulationedition;
        IF last IS NULL THEN
            RETURN NEW;
        END IF;
        SELECT (parameters ->> 'notice_days')::integer INTO notice FROM regulation_regulationedition
            WHERE in_force_from <= NEW.published_on ORDER BY in_force_from DESC, id DESC LIMIT 1;
        IF notice IS NULL OR NEW.in_force_from < NEW.published_on + notice THEN
            RAISE EXCEPTION 'edition %: in force sooner after its publication than the notice of % days allows',
                NEW.code, notice USING ERRCODE = 'check_violation';
        END IF;
        IF NEW.in_force_from <= last THEN
            RAISE EXCEPTION 'edition %: not after the edition in force from %', NEW.code, last
                USING ERRCODE = 'check_violation';
        END IF;
        IF (NEW.published_at AT TIME ZONE 'Europe/Moscow')::date <> NEW.published_on THEN
            RAISE EXCEPTION 'edition %: published on another date than at that instant', NEW.code
                USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)

# Clause 7.3: what was published with a text has that text and no other; digests are those of the texts.
TEXT_IS_THE_PUBLISHED_ONE: Final = pgtrigger.Trigger(
    name="text_is_the_published_one",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert,
    declare=[("published", "text")],
    func="""
        IF NEW.digest <> encode(sha256(convert_to(NEW.source, 'UTF8')), 'hex') THEN
            RAISE EXCEPTION 'the digest is not that of the text' USING ERRCODE = 'check_violation';
        END IF;
        SELECT text_digest INTO published FROM regulation_regulationedition WHERE id = NEW.edition_id;
        IF published <> '' AND (published <> NEW.digest OR NEW.number <> 1) THEN
            RAISE EXCEPTION 'the edition was published with another text' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    """,
)
