-- Load for wrk: each request is one transfer between two random wallets, with a fresh id and the payer's own key.
-- Notes what it sends and what was acknowledged, for `scrip kill-test check`.
--
-- Environment: SCRIP_KEYS (a file of "wallet key" lines), SCRIP_NOTES (a folder for notes; without it none are taken).

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init(args)
  wallets, keys = {}, {}
  for line in io.lines(os.getenv("SCRIP_KEYS")) do
    local wallet, key = line:match("^(%S+) (%S+)$")
    wallets[#wallets + 1] = wallet
    keys[#keys + 1] = key
  end
  -- /dev/urandom and not the clock: two runs on one ledger must never make the same ids.
  local source = assert(io.open("/dev/urandom", "rb"))
  local bytes = { source:read(12):byte(1, 12) }
  source:close()
  math.randomseed(bytes[1] + 256 * (bytes[2] + 256 * bytes[3]) + number)
  prefix = string.format("%02x%02x%02x%02x-%02x%02x-4%02x%x-8%02x%x", bytes[4], bytes[5], bytes[6], bytes[7], bytes[8],
    bytes[9], bytes[10], bytes[1] % 16, bytes[11], bytes[2] % 16)
  counter = 0
  local folder = os.getenv("SCRIP_NOTES")
  if folder then
    notes = assert(io.open(folder .. "/notes-" .. number .. ".txt", "w"))
    notes:setvbuf("full", 1048576)
    response = note
  end
end

function request()
  counter = counter + 1
  local id = string.format("%s-%012x", prefix, counter)
  local from = math.random(#wallets)
  local to = math.random(#wallets - 1)
  if to >= from then to = to + 1 end
  local micros = math.random(1000)
  if notes then
    notes:write("intent ", id, " ", from - 1, " ", to - 1, " ", micros, "\n")
  end
  local body = string.format('{"id":"%s","from":"%s","to":"%s","token":"CRD","amount":"0.%06d"}', id, wallets[from],
    wallets[to], micros)
  return wrk.format("POST", "/api/v1/transfers",
    { ["Authorization"] = "Bearer " .. keys[from], ["Content-Type"] = "application/json" }, body)
end

function note(status, headers, body)
  if status == 201 then
    notes:write("ack ", body:match('"id":"([^"]+)"'), "\n")
  elseif status ~= 503 then
    io.stderr:write("unexpected answer ", status, ": ", body, "\n")
  end
end
