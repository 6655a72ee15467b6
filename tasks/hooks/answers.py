"""What this room tells the room of proposals: obstacles of hosts and investigators, texts of tasks from before."""

from proposals.selectors import eligibility, similar
from tasks.models import Task
from tasks.selectors.eligibility import task_obstacles
from tasks.selectors.texts import adopted_texts

eligibility.checks.append(task_obstacles)
similar.sources[Task.lifecycle.name] = adopted_texts
