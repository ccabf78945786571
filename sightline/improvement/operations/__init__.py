"""What people do to improve: begin a plan, write it anew, approve it."""

from sightline.improvement.operations.plans import approve_plan, begin_plan, restate_plan

__all__ = ["approve_plan", "begin_plan", "restate_plan"]
