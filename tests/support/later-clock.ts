/** Loaded into a process before anything else: its clock is late by CLOCK_OFFSET_MS, so that nobody has to wait. */
const offset = Number(process.env['CLOCK_OFFSET_MS'] ?? 0)
const now = Date.now
Date.now = () => now() + offset
