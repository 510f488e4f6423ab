#!/usr/bin/env python3
"""Exact values of the verification scenarios, from their laws alone: `python3 tests/verification/exact_values.py`.

Pure Python, no simulation. With a path to closed_forms.json as the argument, the values that stand there are compared.
"""
import json
import sys
from math import comb, erf, exp, factorial, fsum, pi, sqrt

values = {}


def show(name, value, note=""):
    values[name] = value
    print(f"{name:34} {value:.12g}  {note}")


# ---- queues ----------------------------------------------------------------------------------------------------------
def erlang_b(c, a):
    b = 1.0
    for k in range(1, c + 1):
        b = a * b / (k + a * b)
    return b


def mmc(c, lam, mu=1.0):
    """Erlang C: probability of waiting, and mean time in the system."""
    a = lam / mu
    b = erlang_b(c, a)
    wait = b / (1 - (a / c) * (1 - b))
    return wait, wait / (c * mu - lam) + 1 / mu


for c, lam in ((1, 0.8), (2, 1.5), (5, 4.0), (10, 9.0)):
    wait, w = mmc(c, lam)
    show(f"mm{c}.W", w, f"Erlang C {wait:.10g}")
    show(f"mm{c}.L", lam * w)

show("mm1_classes.W_gold", 1 / 0.7, "preemptive priority")
show("mm1_classes.W_others", 1 / (0.7 * 0.2))

for name, scv in (("constant", 0.0), ("erlang2", 0.5), ("exponential", 1.0), ("hyperexponential", 4.0)):
    wq = 0.8 * (1 + scv) / 2 / (1 - 0.8)  # Pollaczek-Khinchine
    show(f"mg1_{name}.W", wq + 1)
    show(f"mg1_{name}.L", 0.8 * (wq + 1))


# ---- shop floor ------------------------------------------------------------------------------------------------------
found = 0.8  # work found in work: lambda E S^2 / 2, exponential of mean 1
show("shop_priorities.W_hot", 1 + found / 0.7, "Cobham")
show("shop_priorities.W_others", 1 + found / (0.7 * 0.2))
states = [factorial(5) / factorial(5 - n) * 0.2**n for n in range(6)]
show("shop_repair.busy", fsum((5 - n) * p for n, p in enumerate(states)) / fsum(states) / 5)
for b in (0, 1):
    show(f"shop_blocking_{b}.throughput", 24 * (b + 2) / (b + 3))
for w in (1, 4, 10):
    show(f"shop_conwip_{w}.throughput", 24 * w / (w + 3))
    show(f"shop_conwip_{w}.cycle_time", w + 3)
# traffic: a = 1 + 0.3 c, b = 0.6 a, c = 0.2 a + 0.5 b
a = 1 / (1 - 0.3 * (0.2 + 0.5 * 0.6))
loads = (a / 3, 0.6 * a / 2.5, (0.2 + 0.3) * a / 2)
show("shop_jackson.wip", fsum(r / (1 - r) for r in loads))
completion, square = 1.1, 2 * 1.1**2 + 2 * 0.1
show("shop_breakdowns.cycle_time", completion + 0.5 * square / (2 * (1 - 0.5 * completion)), "M/G/1 of completion times")
show("shop_batch_arrivals.wip", 0.6 * (1 + 2) / (2 * 0.4))
queue, services, n = [0.0, 0.0, 0.0], (1.0, 0.8, 0.5), 6
for lots in range(1, n + 1):
    stay = [s * (1 + q) for s, q in zip(services, queue)]
    queue = [lots / fsum(stay) * r for r in stay]
show("shop_closed.cycle_time", fsum(stay), "mean value analysis")
show("shop_closed.throughput", 24 * n / fsum(stay))

# M/G/1 of 0.6 h or 1 h with equal chance, 1 lot / h
show("shop_setups.cycle_time", 0.8 + (0.6**2 + 1) / 2 / (2 * (1 - 0.8)), "Pollaczek-Khinchine")
# every fourth of 3.2 lots / h, one exponential hour a batch
sigma = 0.5
for _ in range(10_000):
    sigma = (3.2 / (3.2 + 1 - sigma)) ** 4
show("shop_batches.cycle_time", 3 / 6.4 + sigma / (1 - sigma) + 1, "E4/M/1")
show("shop_cascade.cycle_time", 0.8 * 0.8 / (2 * 0.2) + 3 + 2, "M/D/1, and times behind it")


def mm1k(lam, k):
    p = [lam**n for n in range(k + 1)]
    total = fsum(p)
    return p[k] / total, fsum(n * q for n, q in enumerate(p)) / total


for name, lam, k in (("mm1_room", 0.9, 5), ("blocking_0", 1.0, 2), ("blocking_1", 1.0, 3)):
    loss, number = mm1k(lam, k)
    show(f"{name}.lost_share", loss)
    show(f"{name}.L", number)
    show(f"{name}.throughput_per_day", lam * (1 - loss) * 24)

loss = erlang_b(10, 8)
show("erlang_loss.lost_share", loss)
show("erlang_loss.L", 8 * (1 - loss))
loss = erlang_b(5, 5)
show("machine_repair.lost_share", loss, "P(all machines run)")
show("machine_repair.L", 5 * (1 - loss), "machines that run")
show("machine_repair.throughput_per_day", 0.5 * (1 - loss) * 24)
show("availability.utilisation", 90 / (90 + 10))

def interrupted_line(l, m, x, e):
    """Free or taken, up or down: arrivals l, work m, breakdowns x, repairs e. (P(taken), P(up and taken))"""
    # Balance by elimination: unknowns are P(up, free), P(up, taken), P(down, free), P(down, taken).
    # down free: (l + e) D0 = x U0; down taken: e D1 = l D0 + x U1; up free: (l + x) U0 = m U1 + e D0; the sum is 1.
    up_free = 1.0
    down_free = x / (l + e)
    up_taken = ((l + x) - e * down_free) / m
    down_taken = (l * down_free + x * up_taken) / e
    total = up_free + down_free + up_taken + down_taken
    return (up_taken + down_taken) / total, up_taken / total


for name, l, m, x, e in (("a", 0.8, 1, 1 / 20, 1 / 5), ("b", 0.5, 1, 1 / 100, 1 / 25)):
    taken, working = interrupted_line(l, m, x, e)
    show(f"interrupted_lines.lost_share@item:{name}", taken)
    show(f"interrupted_lines.throughput@item:{name}", 24 * m * working)

# CONWIP of m balanced exponential stations and w jobs: TH = w / (w + m - 1). One station is the source.
for w in (1, 4, 10):
    th = w / (w + 3)
    show(f"conwip_{w}.throughput_per_day", th * 24)
    show(f"conwip_{w}.L", 0.75 * w)
    show(f"conwip_{w}.W", 0.75 * w / th)


def e2h2_wait(lam, scv):
    """Mean wait before service of E2/H2/1, mean service 1, balanced means: a quasi-birth-death chain, by its R."""
    alpha = 2 * lam  # rate of each arrival phase
    z = sqrt((scv - 1) / (scv + 1))
    p = [(1 + z) / 2, (1 - z) / 2]
    mu = [2 * p[0], 2 * p[1]]
    # state: (arrival phase a, service phase s) -> 2 a + s, while at least one is there
    n = 4
    up = [[0.0] * n for _ in range(n)]
    local = [[0.0] * n for _ in range(n)]
    down = [[0.0] * n for _ in range(n)]
    for a in range(2):
        for s in range(2):
            i = 2 * a + s
            local[i][i] -= alpha + mu[s]
            if a == 0:
                local[i][2 + s] += alpha
            else:
                up[i][s] += alpha
            for t in range(2):
                down[i][2 * a + t] += mu[s] * p[t]

    def mul(x, y):
        return [[sum(x[i][k] * y[k][j] for k in range(len(y))) for j in range(len(y[0]))] for i in range(len(x))]

    def solve(matrix, right):  # x with matrix x = right, by elimination with pivoting
        m = [row[:] + r[:] for row, r in zip(matrix, right)]
        size = len(m)
        for i in range(size):
            k = max(range(i, size), key=lambda r: abs(m[r][i]))
            m[i], m[k] = m[k], m[i]
            m[i] = [v / m[i][i] for v in m[i]]
            for r in range(size):
                if r != i:
                    f = m[r][i]
                    m[r] = [v - f * u for v, u in zip(m[r], m[i])]
        return [row[size:] for row in m]

    def transposed(x):
        return [list(row) for row in zip(*x)]

    # G by successive substitution: G = (-(local + up G))^-1 down; then R = up (-(local + up G))^-1
    g = [[0.0] * n for _ in range(n)]
    for _ in range(200000):
        u = [[-(local[i][j] + x) for j, x in enumerate(row)] for i, row in enumerate(mul(up, g))]
        new = solve(u, down)
        change = max(abs(new[i][j] - g[i][j]) for i in range(n) for j in range(n))
        g = new
        if change < 1e-15:
            break
    u = [[-(local[i][j] + x) for j, x in enumerate(row)] for i, row in enumerate(mul(up, g))]
    r = transposed(solve(transposed(u), transposed(up)))
    # boundary: empty system with arrival phase 0, 1 (x0), and level 1 (x1)
    size = 6
    q = [[0.0] * size for _ in range(size)]
    q[0][0] -= alpha
    q[0][1] += alpha
    q[1][1] -= alpha
    for t in range(2):
        q[1][2 + t] += alpha * p[t]
    rd = mul(r, down)
    for a in range(2):
        for s in range(2):
            i = 2 * a + s
            q[2 + i][a] += mu[s]
            for j in range(n):
                q[2 + i][2 + j] += local[i][j] + rd[i][j]
    eye = [[1.0 if i == j else 0.0 for j in range(n)] for i in range(n)]
    i_minus_r = [[eye[i][j] - r[i][j] for j in range(n)] for i in range(n)]
    inverse = solve(i_minus_r, eye)
    norm = [1.0, 1.0] + [sum(row) for row in inverse]
    equations = transposed(q)
    equations[-1] = norm
    x = [row[0] for row in solve(equations, [[0.0]] * (size - 1) + [[1.0]])]
    squared = mul(inverse, inverse)
    number = sum(x[2 + i] * sum(squared[i]) for i in range(n))
    return number / lam - 1


show("gi_g1.W", e2h2_wait(0.9, 1.5) + 1, "Kingman's approximation: 10")
show("gi_g1.L", 0.9 * (e2h2_wait(0.9, 1.5) + 1))


# ---- stocks ----------------------------------------------------------------------------------------------------------
def poisson(mean, upto):
    p = [exp(-mean)]
    for k in range(1, upto + 1):
        p.append(p[-1] * mean / k)
    return p


def palm(lam, lead, s):
    p = poisson(lam * lead, 400)
    ebo = fsum((k - s) * q for k, q in enumerate(p) if k > s)
    return ebo, ebo + s - lam * lead, fsum(p[:s])


for name, lam, lead, s in (("base_stock", 2, 3, 8), ("base_stock_made", 1.5, 2, 5)):
    ebo, on_hand, fill = palm(lam, lead, s)
    show(f"{name}.backorders", ebo)
    show(f"{name}.on_hand", on_hand)
    show(f"{name}.fill_rate", fill)
loss = erlang_b(8, 6)
show("base_stock_lost.lost_share", loss)
show("base_stock_lost.on_hand", 8 - 6 * (1 - loss))


def density(x):
    return exp(-x * x / 2) / sqrt(2 * pi)


def below(x):
    return (1 + erf(x / sqrt(2))) / 2


def loss_function(x):
    """E[(Z - x)+] of a standard normal Z."""
    return density(x) - x * (1 - below(x))


def newsvendor(mean, sd, level, h, p):
    z = (level - mean) / sd
    short = sd * loss_function(z)
    return h * (level - mean + short) + p * short, short, below(z)


z = 0.0
for _ in range(100):  # below(z) = p / (p + h)
    z -= (below(z) - 0.7 / 0.88) / density(z)
show("newsvendor.level", 50 + 8 * z)
cost, short, no_shortage = newsvendor(50, 8, 56.604, 0.18, 0.70)
show("newsvendor.total_cost", cost, "level 56.604")
show("newsvendor.best_cost", newsvendor(50, 8, 50 + 8 * z, 0.18, 0.70)[0])
show("newsvendor.backorders", short)
show("newsvendor.on_hand", 56.604 - 50 + short)
show("newsvendor.fill_rate", 1 - short / 50)
show("newsvendor.cycle_service", no_shortage)
pooled = newsvendor(200, 16, 213.208, 0.18, 0.70)[0]
show("pooling_apart.total_cost", 4 * cost)
show("pooling_together.total_cost", pooled)
show("pooling.cost_ratio", pooled / (4 * cost))


def shortage(level, mean, sd):
    """E[(D - level)+] of a normal D."""
    return sd * loss_function((level - mean) / sd)


# Levels from a stated service: 5 days of 50 +- 8 with P(D <= S) = 0.95; 3 days of 50 +- 15, of which 2 until the order's
# own goods are there.
z = 0.0
for _ in range(100):
    z -= (below(z) - 0.95) / density(z)
show("safety_cycle_service.level", 250 + z * 8 * sqrt(5))
low, high = 0.0, 400.0
for _ in range(200):
    level = (low + high) / 2
    missed = shortage(level, 150, 15 * sqrt(3)) - shortage(level, 100, 15 * sqrt(2))
    low, high = (level, high) if missed > 0.08 * 50 else (low, level)
show("safety_fill_rate.level", level)
# Chen et al. (2000): orders q = D_t (1 + L / n) - D_{t-n} L / n
for look, window in ((1, 4), (2, 5), (4, 5)):
    show(f"bullwhip_{look}_{window}.bullwhip", (1 + look / window) ** 2 + (look / window) ** 2)
# Smoothing with constant a: q = D_t + (L1 + .. + Lk) a (D_t - F), F independent of D_t with variance a / (2 - a)
smoothed = lambda a, look: (1 + a * look) ** 2 + (a * look) ** 2 * a / (2 - a)
show("bullwhip_forecast.bullwhip_depot", smoothed(0.4, 2) / smoothed(0.4, 1))
show("bullwhip_shared.bullwhip_depot", ((1 + 2 / 4) ** 2 + (2 / 4) ** 2) / ((1 + 1 / 4) ** 2 + (1 / 4) ** 2))


def s_s(s, big_s, mean, h, p, k):
    """Markov chain of the position after ordering; the level after a period's demand stands for the whole period."""
    d = poisson(mean, 200)
    states = list(range(s + 1, big_s + 1))
    x = {y: 1 / len(states) for y in states}
    for _ in range(5000):
        new = dict.fromkeys(states, 0.0)
        for y, w in x.items():
            for n, q in enumerate(d):
                after = y - n
                new[after if after > s else big_s] += w * q
        x = new
    cost = orders = 0.0
    for y, w in x.items():
        for n, q in enumerate(d):
            level = y - n
            cost += w * q * (h * max(level, 0) + p * max(-level, 0))
            if level <= s:
                orders += w * q
    return cost + k * orders, orders


cost, orders = s_s(4, 10, 6, 1, 4, 5)
show("min_max.total_cost", cost)
show("min_max.ordering", 5 * orders)


def r_q(r, q, lam, lead, h, p, k):
    """Uniform position r + 1 .. r + q; level = position - lead-time demand (Hadley & Whitin; Zipkin, section 6.5)."""
    d = poisson(lam * lead, 200)
    hold = short = 0.0
    for y in range(r + 1, r + q + 1):
        for n, w in enumerate(d):
            hold += w * max(y - n, 0) / q
            short += w * max(n - y, 0) / q
    return k * lam / q + h * hold + p * short, hold, short


cost, hold, short = r_q(3, 5, 1.5, 2, 20, 150, 100)
show("reorder_quantity.total_cost", cost)
show("reorder_quantity.on_hand", hold)
show("reorder_quantity.backorders", short)


def review_cost(level, lam, lead, every):
    """(R,S): the stock at lead + u after a review is level - Poisson(lam (lead + u)), u uniform on [0, every)."""
    steps, hold, short = 2000, 0.0, 0.0
    for i in range(steps + 1):  # Simpson
        weight = 1 if i in (0, steps) else (4 if i % 2 else 2)
        d = poisson(lam * (lead + every * i / steps), 120)
        hold += weight * fsum(q * (level - n) for n, q in enumerate(d) if n < level)
        short += weight * fsum(q * (n - level) for n, q in enumerate(d) if n > level)
    return hold / (3 * steps), short / (3 * steps)


hold, short = review_cost(12, 2, 2, 4)
show("periodic_review.on_hand", hold)
show("periodic_review.backorders", short)


def clark_scarf(s1, s2, s3, h1, h2, h3, p):
    """Three stages in series, lead times 1, 1, 2 periods, demand N(5, 1) a period: B3 = (D(2) - s3)+,
    B2 = (B3 + D - s2)+, level 1 = s1 - B2 - D, with independent demands. Nested integrals by Simpson's rule."""
    mean, sd = 5.0, 1.0

    def simpson(f, low, high, n):
        step = (high - low) / n
        return step / 3 * fsum((1 if i in (0, n) else 4 if i % 2 else 2) * f(low + i * step) for i in range(n + 1))

    def both(level, m, deviation):  # E[(level - D)+], E[(D - level)+]
        short = deviation * loss_function((level - m) / deviation)
        return level - m + short, short

    def given_b2(b2):
        on_hand, short = both(s1 - b2, mean, sd)
        return h1 * on_hand + p * short

    def given_b3(b3):
        on_hand, _ = both(s2 - b3, mean, sd)
        edge = (s2 - b3 - mean) / sd  # D above it leaves a backlog
        low = max(edge, -9.0)
        rest = simpson(lambda x: density(x) * given_b2(b3 + mean + sd * x - s2), low, low + 18, 2000)
        return h2 * on_hand + below(edge) * given_b2(0) + rest

    deviation = sd * sqrt(2)
    edge = (s3 - 2 * mean) / deviation
    rest = simpson(lambda x: density(x) * given_b3(2 * mean + deviation * x - s3), edge, edge + 9, 600)
    return h3 * both(s3, 2 * mean, deviation)[0] + below(edge) * given_b3(0) + rest


cost = clark_scarf(6.49, 5.53, 10.69, 7, 4, 2, 37.12)
show("clark_scarf.total_cost", cost)
show("clark_scarf_transit.total_cost", cost + 5 * 1 * 4 + 5 * 1 * 2, "5 units a day on the way, at 4 and at 2 a day")

# ---- goods that spoil, goods that are kept for some ------------------------------------------------------------------
left = fsum((12 - d) * p for d, p in enumerate(poisson(10, 11)))
show("fresh_daily.waste", left)
show("fresh_daily.lost_sales", left + 10 - 12)
shares = [1.0]  # of 3, 2, 1, 0 on hand, by the balance of flow between neighbours
for down, up in ((3, 1), (3, 2), (1, 3)):
    shares.append(shares[-1] * down / up)
shares = [s / fsum(shares) for s in shares]
show("critical_level.lost_share@clinic", shares[3])
show("critical_level.lost_share@shop", shares[2] + shares[3])
show("critical_level.on_hand", 3 * shares[0] + 2 * shares[1] + shares[2])

# ---- demand with a memory, a calendar, gaps --------------------------------------------------------------------------
cost, short, _ = newsvendor(100, 8 * sqrt(2 * (1 + 0.6)), 111.814, 0.18, 0.70)  # two days of AR(1) demand
show("newsvendor_ar1.total_cost", cost, "level 111.814")
show("newsvendor_ar1.backorders", short)


def compound_poisson(orders, size, upto):
    """Panjer's recursion: the distribution of a Poisson number of sizes with shares size(k), k = 1, 2, ..."""
    p = [exp(-orders)]
    for n in range(1, upto + 1):
        p.append(orders / n * fsum(k * size(k) * p[n - k] for k in range(1, n + 1)))
    return p


on_order = compound_poisson(2, lambda k: (1 / 3) * (2 / 3) ** (k - 1), 300)
show("base_stock_compound.backorders", fsum((n - 12) * p for n, p in enumerate(on_order) if n > 12))
show("base_stock_compound.on_hand", fsum((12 - n) * p for n, p in enumerate(on_order[:12])))


def two_echelon(lam, bases, depot_lead, depot_level, transit, level):
    """One for one: what the depot owes is (D(depot_lead) - depot_level)+, all of it for the last orders placed, each of
    which is from any base alike; a base waits for its share of that and for what was under way or asked for since."""
    all_bases = lam * bases
    demand = poisson(all_bases * depot_lead, 200)
    late = poisson(lam * transit, 60)
    owed = [sum(demand[:depot_level + 1])] + demand[depot_level + 1:]
    waits = [0.0] * (len(owed) + len(late))
    for b, chance in enumerate(owed):
        for k in range(b + 1):
            part = chance * comb(b, k) * (1 / bases) ** k * (1 - 1 / bases) ** (b - k)
            if part < 1e-25:
                continue
            for n, p in enumerate(late):
                waits[k + n] += part * p
    short = fsum((n - level) * p for n, p in enumerate(waits) if n > level)
    on_hand = fsum((level - n) * p for n, p in enumerate(waits[:level]))
    depot = fsum((depot_level - n) * p for n, p in enumerate(demand[:depot_level]))
    return bases * short, bases * on_hand, depot, fsum(waits[:level])


short, on_hand, depot, filled = two_echelon(0.5, 4, 5, 8, 1, 3)
late = poisson((0.5 * 4 * 5 - 8 + depot) / 4 + 0.5, 100)  # METRIC: the same mean, but Poisson
metric = 4 * fsum((n - 3) * p for n, p in enumerate(late) if n > 3)
show("two_echelon.backorders", short, f"METRIC's approximation: {metric:.4f}")
show("two_echelon.on_hand", on_hand + depot)
show("two_echelon.on_hand@site:depot", depot)
show("two_echelon.fill_rate", filled)


def base_stock_profile(rate, factors, lead, level, steps=7000):
    """M(t)/D/infinity: units on order at t are Poisson with the area of the rate over (t - lead, t]."""
    area = [0.0]
    for _ in range(3):
        for f in factors:
            area.append(area[-1] + rate * f)

    def until(t):
        return area[int(t)] + (t - int(t)) * (area[int(t) + 1] - area[int(t)])

    short = on_hand = 0.0
    for i in range(steps):
        t = 7 + (i + 0.5) * 7 / steps
        p = poisson(until(t) - until(t - lead), 80)
        short += fsum((k - level) * p[k] for k in range(level + 1, 80)) / steps
        on_hand += fsum((level - k) * p[k] for k in range(level)) / steps
    return short, on_hand


short, on_hand = base_stock_profile(2, [1.5, 1, 1, 1, 1, 0.5, 0], 3, 8)
show("base_stock_profile.backorders", short)
show("base_stock_profile.on_hand", on_hand)
show("base_stock_profile.demand", 2 * 6 / 7)

day = {0: 0.8, 5: 0.1, 15: 0.1}
three = {0: 1.0}
for _ in range(3):
    three = {t: fsum(three.get(t - d, 0) * p for d, p in day.items())
             for t in sorted({a + b for a in three for b in day})}
show("intermittent.backorders", fsum(max(0, t - 20) * p for t, p in three.items()))
show("intermittent.on_hand", fsum(max(0, 20 - t) * p for t, p in three.items()))

# ---- lot sizes, by hand: piecewise linear stock, sampled at its nodes; per year, then per day ------------------------
q = 304.044
show("eoq.total_cost", (8 * 1300 / q + 0.225 * q / 2) / 365)
show("eoq.best_cost", sqrt(2 * 8 * 0.225 * 1300) / 365, "at Q = 304.0468")
q, b = 23909 * 0.013, 1030 * 0.013
show("eoq_backorders.total_cost", (8 * 1300 / q + 0.225 * (q - b) ** 2 / (2 * q) + 5 * b * b / (2 * q)) / 365)
show("eoq_backorders.best_cost", sqrt(2 * 8 * 0.225 * 1300 * 5 / 5.225) / 365, "at Q = 310.8126, b = 13.3843")
show("eoq_backorders.fill_rate", 1 - b / q)
q = 171.248
show("epq.total_cost", 4 * 80 / q + 0.08 * q / 2 * (1 - 80 / 110))
show("epq.best_cost", sqrt(2 * 4 * 0.08 * 80 * (1 - 80 / 110)), "at Q = 171.2698")

# ---- against a file of closed forms ----------------------------------------------------------------------------------
if len(sys.argv) > 1:
    with open(sys.argv[1]) as file:
        forms = {f["id"]: f["expected"] for f in json.load(file)}
    pairs = [("mm1.W", "Q1", "W"), ("mm1.L", "Q1", "L"), ("mm2.W", "Q2_2", "W"), ("mm2.L", "Q2_2", "L"),
             ("mm5.W", "Q2_5", "W"), ("mm5.L", "Q2_5", "L"), ("mm10.W", "Q2_10", "W"), ("mm10.L", "Q2_10", "L"),
             ("mg1_constant.W", "Q3_D", "W"), ("mg1_erlang2.W", "Q3_E2", "W"), ("mg1_exponential.W", "Q3_M", "W"),
             ("mg1_hyperexponential.W", "Q3_H2 scv=4", "W"), ("mg1_hyperexponential.L", "Q3_H2 scv=4", "L"),
             ("erlang_loss.lost_share", "Q5", "B"), ("mm1_room.lost_share", "Q6", "Ploss"), ("mm1_room.L", "Q6", "L"),
             ("machine_repair.lost_share", "Q12a", "P0"), ("machine_repair.L", "Q12a", "up"),
             ("availability.utilisation", "D1", "A"), ("base_stock.backorders", "M1", "EBO"),
             ("base_stock.on_hand", "M1", "OH"), ("base_stock.fill_rate", "M1", "fill"),
             ("base_stock_made.backorders", "M1b", "EBO"), ("base_stock_made.on_hand", "M1b", "OH"),
             ("base_stock_made.fill_rate", "M1b", "fill"), ("newsvendor.level", "N1", "S"),
             ("newsvendor.best_cost", "N1", "cost"), ("pooling.cost_ratio", "N2", "cost_ratio")]
    checks = [(n, values[n], forms[i][k]) for n, i, k in pairs]
    checks += [("mm1_room.throughput", values["mm1_room.throughput_per_day"] / 24, forms["Q6"]["thr"]),
               ("machine_repair.rate", values["machine_repair.throughput_per_day"] / 24, forms["Q12a"]["repair_rate"]),
               ("eoq.best_cost", values["eoq.best_cost"] * 365, forms["I1"]["cost"]),
               ("eoq_backorders.best_cost", values["eoq_backorders.best_cost"] * 365, forms["I2"]["cost"]),
               ("epq.best_cost", values["epq.best_cost"], forms["I3"]["cost"]),
               ("blocking_0", values["blocking_0.throughput_per_day"] / 24, forms["Q16_0"]["TH"]),
               ("blocking_1", values["blocking_1.throughput_per_day"] / 24, forms["Q16_1"]["TH"])]
    for w in (1, 4, 10):
        checks.append((f"conwip_{w}", values[f"conwip_{w}.throughput_per_day"] / 24, forms[f"Q10_4_{w}"]["TH"]))
    wrong = [c for c in checks if abs(c[1] - c[2]) > 1e-9 * abs(c[2])]
    for name, ours, theirs in wrong:
        print(f"DIFFERS: {name}: {ours!r}, closed form {theirs!r}")
    print(f"{len(checks) - len(wrong)} of {len(checks)} agree with {sys.argv[1]} to 1e-9")
    sys.exit(bool(wrong))
