"""The rules, in the order of their codes. A new rule is a file of its own, and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dutybook.rules import (
    broken_off,
    catch_all,
    declared_and_defined,
    declared_unused,
    duplicate_id,
    duplicate_label,
    duplicate_title,
    label_gap,
    label_order,
    many_duties,
    near_duplicate,
    no_effective_date,
    no_involvement,
    one_at_the_top,
    personal_data,
    reporting_circle,
    review_overdue,
    silencers,
    two_spellings,
    undeclared_system,
    undeclared_tag,
    unknown_code,
    unknown_position,
    unlisted_counterpart,
    vague_cadence,
    withdrawn_reference,
)
from dutybook.rules.of_files import FILE_RULES
from dutybook.rules.of_shape import SHAPE_RULES
from dutybook.rules.of_yaml import YAML_RULES

if TYPE_CHECKING:
    from dutybook.rules.base import Rule

RULES: Final[tuple[Rule, ...]] = (
    *FILE_RULES,
    *YAML_RULES,
    *SHAPE_RULES,
    duplicate_id.RULE,
    duplicate_title.RULE,
    unknown_position.RULE,
    declared_and_defined.RULE,
    reporting_circle.RULE,
    one_at_the_top.RULE,
    undeclared_tag.RULE,
    undeclared_system.RULE,
    declared_unused.RULE,
    unlisted_counterpart.RULE,
    unknown_code.RULE,
    silencers.WITHOUT_REASON,
    silencers.UNUSED,
    duplicate_label.RULE,
    label_gap.RULE,
    label_order.RULE,
    catch_all.RULE,
    vague_cadence.RULE,
    no_involvement.RULE,
    near_duplicate.RULE,
    two_spellings.RULE,
    many_duties.RULE,
    broken_off.RULE,
    review_overdue.RULE,
    no_effective_date.RULE,
    withdrawn_reference.RULE,
    personal_data.RULE,
)
