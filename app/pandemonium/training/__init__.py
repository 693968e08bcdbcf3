"""From texts to a voice: finding, cleaning, planning, the loop, evaluation, the job folder."""
