import { redisScript } from "./redis-script.ts";

/**
 * What Redis does in one go, by its own clock, so that all processes agree on the time.
 *
 * A class of calls has as many slots as calls are allowed in a window. A call takes a slot when it may go out, and the
 * slot is free again one window after the call is *over*: AWS counted it somewhere between, so no window at AWS ever
 * holds more calls than allowed, however the network (or a busy process) delays them. A call whose end is never told (its
 * process died) keeps its slot for a window and the longest transit.
 *
 * A slot that will be free in a moment is given already now, to be used from then on: no time is lost between one call
 * and the next, and nobody has to ask at the right instant.
 *
 * Calls are let out one after another, a little faster than the quota asks for: those that go out in a crowd keep each
 * other, and so their slots, waiting in the process that sends them. A crowd of slots that are free at once is drawn out
 * within one window, and stays so.
 *
 * Who waits stands in one queue, a process once: its place is the time since which its first caller waits, later by a
 * handicap for less urgent ones. So the urgent go first, and nobody starves: a handicap is used up by waiting.
 */

/**
 * KEYS slots, queue, seen, day, state
 * ARGV process, number of the next permit, slots, window (ms), transit (ms), per day (0: none), ahead (ms: how soon a slot
 * must be free to be given now), pace (ms between two calls), then the places of this process's callers, milliseconds
 * relative to now, first come first.
 * Returns { wait (ms) before asking again, free again at (ms, 0: the day's budget is not used up), stretch (thousandths),
 * then for each permit that is granted the milliseconds after which it may be used }.
 */
export const grantScript = redisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local process, number = ARGV[1], tonumber(ARGV[2])
local slots, window, transit = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local perDay, ahead, pace = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local places = 8
local stale, day = 3000, 86400000

-- A Redis that has forgotten (or is new) does not know what was sent in the last window: let it pass.
if redis.call('HSETNX', KEYS[5], 'since', now) == 1 then redis.call('HSET', KEYS[5], 'opens', now + window + transit) end
local opens = tonumber(redis.call('HGET', KEYS[5], 'opens') or '0')

-- After a throttle the window is stretched; it shrinks again, ever more slowly, while AWS is content.
local stretch = tonumber(redis.call('HGET', KEYS[5], 'stretch') or '1')
if stretch > 1 then
  local eased = tonumber(redis.call('HGET', KEYS[5], 'eased') or '0')
  local patience = tonumber(redis.call('HGET', KEYS[5], 'patience') or '10000')
  if now - eased > patience then
    stretch = math.max(1, stretch * 0.9)
    redis.call('HSET', KEYS[5], 'stretch', stretch, 'eased', now)
  end
end

redis.call('ZADD', KEYS[2], now + tonumber(ARGV[places + 1]), process)
redis.call('HSET', KEYS[3], process, now)
local first = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
while first ~= process and now - tonumber(redis.call('HGET', KEYS[3], first) or '0') > stale do
  redis.call('ZREM', KEYS[2], first)
  redis.call('HDEL', KEYS[3], first)
  first = redis.call('ZRANGE', KEYS[2], 0, 0)[1]
end

redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
local thousandths = math.floor(stretch * 1000)
if now < opens then return { opens - now, 0, thousandths } end
-- When each slot may be used that can be given: those nobody holds now, then the soonest ones.
local held = redis.call('ZCARD', KEYS[1])
local waiting = #ARGV - places
local frees = {}
for _ = held + 1, math.min(slots, held + waiting) do frees[#frees + 1] = now end
local soonest = redis.call('ZRANGE', KEYS[1], 0, waiting - 1, 'WITHSCORES')
-- After the limit was lowered more are held than there are: they run out first.
for index = 2, held <= slots and #soonest or 0, 2 do frees[#frees + 1] = tonumber(soonest[index]) end
local starts = {}
-- Never further off than a crowd can be drawn out to: the clock of another Redis may have been ahead.
local last = math.min(tonumber(redis.call('HGET', KEYS[5], 'last') or '0'), now + ahead)
for index = 1, math.min(#frees, waiting) do
  local at = math.max(frees[index], last + pace)
  if at > now + ahead then
    if index == 1 then return { math.max(1, math.ceil(at - ahead - now)), 0, thousandths } end
    break
  end
  starts[index] = at
  last = at
end
if #starts == 0 then return { math.max(1, math.ceil(tonumber(soonest[2]) - ahead - now)), 0, thousandths } end
-- Whose turn it is: processes that began to wait within the same moment need not take turns call by call.
local others = redis.call('ZRANGE', KEYS[2], 0, 1, 'WITHSCORES')
local rival = tonumber(others[first == process and 4 or 2] or 'inf') + ahead
if now + tonumber(ARGV[places + 1]) > rival then return { 4, 0, thousandths } end

local budget = #starts
if perDay > 0 then
  for _ = 1, 2000 do
    local oldest = redis.call('LINDEX', KEYS[4], 0)
    if not oldest or tonumber(oldest) > now - day then break end
    redis.call('LPOP', KEYS[4])
  end
  budget = perDay - redis.call('LLEN', KEYS[4])
  if budget <= 0 then
    redis.call('ZREM', KEYS[2], process)
    redis.call('HDEL', KEYS[3], process)
    return { 0, tonumber(redis.call('LINDEX', KEYS[4], 0)) + day, thousandths }
  end
end

local granted = 1
while granted < math.min(waiting, #starts, budget) and now + tonumber(ARGV[places + 1 + granted]) <= rival do granted = granted + 1 end
local answer = { 0, 0, thousandths }
local taken = math.max(0, granted - math.max(0, slots - held))
if taken > 0 then redis.call('ZPOPMIN', KEYS[1], taken) end
redis.call('HSET', KEYS[5], 'last', starts[granted])
for index = 1, granted do
  redis.call('ZADD', KEYS[1], starts[index] + transit + window * stretch, process .. ':' .. (number + index - 1))
  if perDay > 0 then redis.call('RPUSH', KEYS[4], now) end
  answer[#answer + 1] = starts[index] > now and math.ceil(starts[index] - now) + 1 or 0
end
if waiting > granted then
  redis.call('ZADD', KEYS[2], now + tonumber(ARGV[places + 1 + granted]), process)
else
  redis.call('ZREM', KEYS[2], process)
  redis.call('HDEL', KEYS[3], process)
end
redis.call('PEXPIRE', KEYS[1], 3600000)
if perDay > 0 then redis.call('PEXPIRE', KEYS[4], day + 60000) end
return answer
`);

/**
 * KEYS slots, state · ARGV permit, window (ms), throttled ('1' or '0')
 * The call is over: its slot is free one window from now. One that took longer than the longest transit has lost its slot.
 */
export const finishScript = redisScript(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local stretch = tonumber(redis.call('HGET', KEYS[2], 'stretch') or '1')
if ARGV[3] == '1' then
  local eased = tonumber(redis.call('HGET', KEYS[2], 'eased') or '0')
  -- Calls that were on their way together are throttled together: once for all of them.
  if stretch == 1 or now - eased > tonumber(ARGV[2]) * stretch then
    stretch = math.min(stretch * 1.5, 16)
    local patience = math.min(tonumber(redis.call('HGET', KEYS[2], 'patience') or '5000') * 2, 600000)
    redis.call('HSET', KEYS[2], 'stretch', stretch, 'eased', now, 'patience', patience)
  end
end
redis.call('ZADD', KEYS[1], 'XX', now + tonumber(ARGV[2]) * stretch, ARGV[1])
return math.floor(stretch * 1000)
`);

/** KEYS queue, seen · ARGV process. Nobody of this process waits any more. */
export const leaveScript = redisScript(`
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 0
`);
